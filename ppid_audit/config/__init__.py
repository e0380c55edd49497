"""YAML to nouns: every problem at once, each with its line and column. The only user of yaml."""

from ppid_audit.config.agencies import agencies_from, load_agencies
from ppid_audit.config.reviews import load_reviews, reviews_from
from ppid_audit.config.rubric import load_rubric, rubric_from
from ppid_audit.config.writing import with_reviews

__all__ = [
    "agencies_from",
    "load_agencies",
    "load_reviews",
    "load_rubric",
    "reviews_from",
    "rubric_from",
    "with_reviews",
]
