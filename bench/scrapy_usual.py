"""The job as most spiders are written: CrawlSpider, LinkExtractor, xpath. Run by Scrapy's own Python, not by ours."""

import json
import multiprocessing
import sys
from pathlib import Path

from scrapy.crawler import CrawlerProcess
from scrapy.linkextractors import LinkExtractor
from scrapy.spiders import CrawlSpider, Rule

TERMS = ("laporan kinerja", "rencana kerja", "anggaran", "informasi berkala", "lhkpn", "maklumat", "keberatan")


def crawl(urls):
    """One process: visits its share of the sites."""

    class Usual(CrawlSpider):
        name = "usual"
        start_urls = urls
        allowed_domains = ("127.0.0.1",)
        rules = (Rule(LinkExtractor(deny_extensions=()), callback="look", follow=True),)

        def look(self, response):
            """Title, words and the links that bear a phrase."""
            if b"html" not in response.headers.get("Content-Type", b""):
                return None
            words = " ".join(response.xpath("//body//text()[not(ancestor::script)]").getall()).split()
            links = [
                (a.xpath("string(.)").get(), response.urljoin(a.attrib["href"])) for a in response.xpath("//a[@href]")
            ]
            named = [link for link in links if any(term in link[0].lower() for term in TERMS)]
            return {"title": response.xpath("//title/text()").get(), "words": len(words), "named": len(named)}

    settings = {"ROBOTSTXT_OBEY": True, "DOWNLOAD_DELAY": 0, "CONCURRENT_REQUESTS": 44, "LOG_ENABLED": False}
    settings |= {"CONCURRENT_REQUESTS_PER_DOMAIN": 44, "TELNETCONSOLE_ENABLED": False}
    process = CrawlerProcess(settings)
    process.crawl(Usual)
    process.start()


if __name__ == "__main__":
    every = json.loads(Path(sys.argv[1]).read_text())["urls"]
    halves = [multiprocessing.Process(target=crawl, args=(every[n::2],)) for n in range(2) if every[n::2]]
    for half in halves:
        half.start()
    for half in halves:
        half.join()
