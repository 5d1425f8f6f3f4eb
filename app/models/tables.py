"""All the nouns together, for whoever needs every table at once."""

from app.models import article, event, issue, office, operation, outlet, parcel, person, place, rule, story
from app.models.base import Base

MODULES = (article, event, issue, office, operation, outlet, parcel, person, place, rule, story)
metadata = Base.metadata
