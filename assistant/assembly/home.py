"""The place that is meant where nobody names one."""

from assistant.clauses import Gazetteer, Place
from assistant.config import Settings
from assistant.errors import SettingError, UnknownPlaceError


def home_place(settings: Settings, gazetteer: Gazetteer) -> Place:
    """The home jurisdiction; raises SettingError, for nobody who asks has named this place."""
    try:
        return gazetteer.resolve(settings.home_jurisdiction)
    except UnknownPlaceError as error:
        raise SettingError(f"设置 ASSISTANT_HOME_JURISDICTION 不对：{error.message}") from error
