"""What stands where a site should be: nobody's page, a default, an error, maintenance, a defacement (``web.marks``)."""

import re

from ppid_audit.model.site import Nature
from ppid_audit.web.marks import Mark, any_of

_SITE = r"(?:website|situs(?: web)?|laman|web|site|portal|server|kami)"


STAND_INS = (
    # nobody's site
    Mark(
        Nature.SUSPENDED,
        title=any_of(
            r"^(?:account|site|website|domain) (?:has been )?suspended",
            r"^akun (?:hosting )?(?:ditangguhkan|dinonaktifkan)",
        ),
        text=any_of(
            r"this (?:account|site|website|domain|web page) has been suspended",
            r"(?:akun|hosting|website|situs|domain)(?: \w+){0,3} (?:ditangguhkan|di ?suspend|disuspensi)\b",
            r"contact your hosting provider for more information",
        ),
        raw=any_of(r"/cgi-sys/suspendedpage\.cgi"),
        words=100,
        links=8,
    ),
    Mark(
        Nature.PARKED,
        text=any_of(
            r"domain(?: name)?(?: [\w.-]+)? (?:is|may be) (?:for sale|parked|available for (?:sale|purchase))",
            r"buy this domain",
            r"this domain(?: name)? (?:has )?(?:recently )?expired",
            r"domain (?:name )?has expired",
            r"domain (?:ini |[\w-]+(?:\.[\w-]+)+ (?:ini )?)(?:sedang )?(?:dijual|belum diperpanjang)",
            r"domain (?:ini |[\w-]+(?:\.[\w-]+)+ (?:ini )?)(?:telah|sudah) k[ae]daluwarsa",
            r"related searches.{0,300}privacy policy",
            r"parked free, courtesy of",
        ),
        raw=any_of(
            r"sedoparking\.com", r"parkingcrew\.net", r"bodis\.com", r"parklogic", r"domainparking", r"window\.park ="
        ),
        words=120,
        links=40,
    ),
    Mark(
        Nature.DEFAULT_PAGE,
        title=any_of(
            r"apache2 (?:ubuntu|debian) default page",
            r"^welcome to (?:nginx|openresty|centos|xampp|codeigniter)",
            r"^(?:iis windows|iis\d|microsoft internet information)",
            r"test page for (?:the )?(?:apache|nginx|http server)",
            r"^http server test page",
            r"^default web ?site page$",
            r"^(?:web server's default page|domain default page)",
            r"^plesk .{0,30}(?:page|obsidian)",
            r"^it works!?$",
            r"^(?:directadmin|aapanel|cyberpanel|hestia).{0,40}",
        ),
        text=any_of(
            r"^it works!?$",
            r"this is the default (?:welcome|web|index|landing) page",
            r"if you (?:are|'re) the owner of this website, please contact your hosting provider",
            r"this is the default index\.html",
            r"congratulations,? the site is created successfully",
            r"the page you are looking at is being generated dynamically by codeigniter",
            r"website (?:ini )?berhasil dibuat.{0,80}(?:halaman default|panel)",
        ),
        words=500,
        links=25,
    ),
    # errors of the program
    Mark(
        Nature.DEBUG,
        title=any_of(
            r"\(\d{3} [\w ]{3,40}\) - symfony",
            r"symfony exception",
            r"^whoops! there was an error",
            r"werkzeug debugger",
            r"^server error in '/",
            r"action controller: exception",
            r"\w+(?:error|exception) at /",
        ),
        raw=any_of(
            r"window\.ignite\(",
            r"whoops\\exception",
            r"class=\"exc-title",
            r"you're seeing this error because you have <code>debug",
            r"id=\"ignition-vue",
        ),
        words=100_000,
        links=400,
    ),
    Mark(
        Nature.ERROR_PAGE,
        title=any_of(
            r"^(?:error ?)?50[0234]$",
            r"^(?:error ?)?50[0234] ?[-|:–]? ?(?:internal|bad|service|gateway|server|error|galat)",
            r"^(?:internal server error|bad gateway|service unavailable|gateway time-?out|database error)",
            r"^wordpress › (?:error|galat|eror)",
        ),
        text=any_of(
            r"fatal error: .{0,400} on line \d+",
            r"parse error: syntax error.{0,400} on line \d+",
            r"there has been a critical error on (?:this|your) website",
            r"(?:terjadi|ada|terdapat) (?:kesalahan|galat|eror|error) (?:yang )?(?:kritis|serius|fatal) "
            r"(?:di|pada) (?:situs|website)",
            r"error establishing a database connection",
            r"kesalahan (?:saat|ketika|dalam) (?:mencoba )?(?:membuat|membangun) "
            r"(?:koneksi|sambungan) (?:ke )?(?:database|basis ?data)",
            r"a database error (?:was encountered|occurred)",
            r"an uncaught exception was encountered",
            r"unable to connect to (?:your|the) database",
            r"sqlstate\[\w{5}\]",
            r"whoops, looks like something went wrong",
            r"application error: a (?:client|server)-side exception has occurred",
            r"the server encountered an internal error",
        ),
        words=120,
        links=8,
    ),
    Mark(
        Nature.MAINTENANCE,
        title=any_of(
            r"^(?:site|website|situs) (?:under |sedang |dalam )?(?:maintenance|pemeliharaan)$",
            r"^(?:under )?maintenance(?: mode| page)?(?: ?[-|–:].{0,80})?$",
            r"\b(?:under|scheduled) maintenance$",
        ),
        text=any_of(
            rf"\b{_SITE}(?: \w+){{0,6}} (?:sedang|masih|tengah|dalam)(?: \w+){{0,4}} "
            r"(?:pemeliharaan|perbaikan|maintenance)\b",
            r"\bmohon maaf.{0,80}(?:sedang|dalam)(?: \w+){0,3} (?:pemeliharaan|maintenance)"
            r" (?:sistem|server|situs|website)",
            r"\b(?:site|website|we) (?:is|are|will be)(?: \w+){0,3} (?:maintenance|unavailable for scheduled)",
            r"briefly unavailable for scheduled maintenance",
            r"(?:down|closed|offline) for (?:scheduled )?maintenance",
            r"we(?:'|’)?(?:ll| will) be (?:right )?back (?:soon|shortly)",
        ),
        unless=any_of(
            r"\bjembatan\b",
            r"\bjalan\b",
            r"\bjaringan (?:air|pipa|irigasi)\b",
            r"\bkendaraan\b",
            r"\bpju\b",
        ),
        words=70,
        links=6,
    ),
    Mark(
        Nature.DEFACED,
        title=any_of(
            r"^\W{0,10}(?:hacked|h4ck3d|h4cked|defaced|deface|pwned|0wned|owned|touched)\W{1,5}by\b",
            r"^\W{0,10}hacked\W{0,10}$",
        ),
        text=any_of(
            r"^.{0,120}\b(?:hacked|h4ck3d|h4cked|defaced|pwned|0wned) by\b",
            r"\b(?:your (?:site|system|security)|this site) (?:has been |was |is )?(?:hacked|h4cked|pwned|0wned)\b",
            r"\bsecurity is (?:just )?an illusion\b",
        ),
        unless=any_of(
            r"\b(?:klarifikasi|siaran pers|insiden|diretas|waspada|kronologi|workshop|pelatihan|seminar|csirt)\b"
        ),
        words=160,
        links=10,
    ),
)

BUSY = re.compile(r"\b(?:maintenance|pemeliharaan|perbaikan)\b")
"""What a server that answers 503 says of itself when it is being worked on (RFC 9110 section 15.6.4)."""
LISTING_TITLE = re.compile(r"^index of /")
LISTING_HEAD = re.compile(r"<h1>\s?index of /|\[to parent directory\]")
LOGIN_TITLE = re.compile(
    r"^(?:halaman |form(?:ulir)? |silakan |please )?(?:log ?in|log ?masuk|masuk|sign ?in|[ao]utentikasi)\b"
    r"|[-|–—:»] ?(?:log ?in|log masuk|sign in|masuk)(?: (?:page|admin|pengguna|sistem|aplikasi))?$"
    r"|‹ (?:log in|masuk|log masuk)"
)
PASSWORD = re.compile(r"type\s?=\s?[\"']?password")
DOORWAY_WORD = re.compile(r"(?:^|,)\s?(?:login|daftar|situs|rtp|link(?: alternatif)?|slot|bandar|agen|akun|bonus)\b")
SHOP = re.compile(
    r"(?:property|itemprop|name)=[\"']?(?:product:price|product:availability)|og:type[\"']? content=[\"']?product"
)
