"""Names of months, quarters, weeks and days in several languages."""

NAMES = (
    "jan january januar j\u00e4nner janv janvier ene enero gen gennaio janeiro "
    "januari stycze\u0144 stycznia sty leden ledna ocak oca "
    "\u044f\u043d\u0432 \u044f\u043d\u0432\u0430\u0440\u044c "
    "\u044f\u043d\u0432\u0430\u0440\u044f \u0441\u0456\u0447\u0435\u043d\u044c "
    "\u0441\u0456\u0447\u043d\u044f",
    "feb february februar f\u00e9v f\u00e9vr f\u00e9vrier fevrier febrero "
    "febbraio fev fevereiro februari luty lutego lut \u00fanor \u00fanora "
    "\u015fubat \u015fub \u0444\u0435\u0432 \u0444\u0435\u0432\u0440 "
    "\u0444\u0435\u0432\u0440\u0430\u043b\u044c "
    "\u0444\u0435\u0432\u0440\u0430\u043b\u044f \u043b\u044e\u0442\u0438\u0439 "
    "\u043b\u044e\u0442\u043e\u0433\u043e",
    "mar march m\u00e4r m\u00e4rz maerz mrz mars marzo mar\u00e7o mrt maart "
    "marts marzec marca b\u0159ezen b\u0159ezna mart maret "
    "\u043c\u0430\u0440 \u043c\u0430\u0440\u0442 "
    "\u043c\u0430\u0440\u0442\u0430 "
    "\u0431\u0435\u0440\u0435\u0437\u0435\u043d\u044c "
    "\u0431\u0435\u0440\u0435\u0437\u043d\u044f",
    "apr april avr avril abr abril aprile kwiecie\u0144 kwietnia kwi duben "
    "dubna nisan nis \u0430\u043f\u0440 \u0430\u043f\u0440\u0435\u043b\u044c "
    "\u0430\u043f\u0440\u0435\u043b\u044f \u043a\u0432\u0456\u0442\u0435\u043d"
    "\u044c \u043a\u0432\u0456\u0442\u043d\u044f",
    "may mai mayo mag maggio maio mei maj maja kv\u011bten kv\u011btna "
    "may\u0131s \u043c\u0430\u0439 \u043c\u0430\u044f "
    "\u0442\u0440\u0430\u0432\u0435\u043d\u044c \u0442\u0440\u0430\u0432\u043d"
    "\u044f",
    "jun june juni juin junio giu giugno junho czerwiec czerwca cze "
    "\u010derven \u010dervna haziran haz \u0438\u044e\u043d "
    "\u0438\u044e\u043d\u044c \u0438\u044e\u043d\u044f "
    "\u0447\u0435\u0440\u0432\u0435\u043d\u044c \u0447\u0435\u0440\u0432\u043d"
    "\u044f",
    "jul july juli juil juillet julio lug luglio julho lipiec lipca lip "
    "\u010dervenec \u010dervence temmuz tem \u0438\u044e\u043b "
    "\u0438\u044e\u043b\u044c \u0438\u044e\u043b\u044f "
    "\u043b\u0438\u043f\u0435\u043d\u044c \u043b\u0438\u043f\u043d\u044f",
    "aug august ao\u00fb ao\u00fbt aout ago agosto augustus augusti agustus "
    "sierpie\u0144 sierpnia sie srpen srpna a\u011fustos a\u011fu "
    "\u0430\u0432\u0433 \u0430\u0432\u0433\u0443\u0441\u0442 "
    "\u0430\u0432\u0433\u0443\u0441\u0442\u0430 "
    "\u0441\u0435\u0440\u043f\u0435\u043d\u044c \u0441\u0435\u0440\u043f\u043d"
    "\u044f",
    "sep sept september septembre septiembre set settembre setembro setiembre "
    "wrzesie\u0144 wrze\u015bnia wrz z\u00e1\u0159\u00ed eyl\u00fcl eyl "
    "\u0441\u0435\u043d \u0441\u0435\u043d\u0442 "
    "\u0441\u0435\u043d\u0442\u044f\u0431\u0440\u044c "
    "\u0441\u0435\u043d\u0442\u044f\u0431\u0440\u044f "
    "\u0432\u0435\u0440\u0435\u0441\u0435\u043d\u044c "
    "\u0432\u0435\u0440\u0435\u0441\u043d\u044f",
    "oct october okt oktober octobre octubre ott ottobre out outubro "
    "pa\u017adziernik pa\u017adziernika pa\u017a \u0159\u00edjen "
    "\u0159\u00edjna ekim eki \u043e\u043a\u0442 "
    "\u043e\u043a\u0442\u044f\u0431\u0440\u044c "
    "\u043e\u043a\u0442\u044f\u0431\u0440\u044f "
    "\u0436\u043e\u0432\u0442\u0435\u043d\u044c "
    "\u0436\u043e\u0432\u0442\u043d\u044f",
    "nov november novembre noviembre novembro listopad listopada listopadu "
    "lis kas\u0131m kas \u043d\u043e\u044f \u043d\u043e\u044f\u0431 "
    "\u043d\u043e\u044f\u0431\u0440\u044c \u043d\u043e\u044f\u0431\u0440\u044f "
    "\u043b\u0438\u0441\u0442\u043e\u043f\u0430\u0434 "
    "\u043b\u0438\u0441\u0442\u043e\u043f\u0430\u0434\u0430",
    "dec december dez dezember d\u00e9c d\u00e9cembre decembre dic diciembre "
    "dicembre dezembro desember grudzie\u0144 grudnia gru prosinec prosince "
    "aral\u0131k ara \u0434\u0435\u043a \u0434\u0435\u043a\u0430\u0431\u0440"
    "\u044c \u0434\u0435\u043a\u0430\u0431\u0440\u044f "
    "\u0433\u0440\u0443\u0434\u0435\u043d\u044c \u0433\u0440\u0443\u0434\u043d"
    "\u044f",
)
"""The names of each month, in lower case: English, German, French, Spanish,
Italian, Portuguese, Dutch, Scandinavian, Polish, Czech, Turkish, Indonesian,
Russian, Ukrainian."""

MONTHS = {
    name: number
    for number, names in enumerate(NAMES, 1)
    for name in names.split()
}
"""Name -> number of the month."""

NUMERALS = "i ii iii iv v vi vii viii ix x xi xii"
ROMAN = {name: count for count, name in enumerate(NUMERALS.split(), 1)}

DAYNAME = (
    r"(?:(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend"
    r"|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim"
    r"|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche"
    r"|lunes|martes|mi\u00e9rcoles|jueves|viernes|s\u00e1bado|domingo"
    r"|\u043f\u043d|\u0432\u0442|\u0441\u0440|\u0447\u0442|\u043f\u0442"
    r"|\u0441\u0431|\u0432\u0441)\.?"
)

QUARTER = (
    r"(?:q|qtr\.?|quarter|quartal|trim\.?|trimest(?:re|er)|kv\.?"
    r"|\u043a\u0432\.?|\u043a\u0432\u0430\u0440\u0442\u0430\u043b"
    r"|vj\.?|\u56db\u534a\u671f|\u5b63\u5ea6|\u5b63|:\uae30)"
)
HALFYEAR = (
    r"(?:hy|hj|half(?:[-\s]year)?|h|halbjahr|semest(?:re|er|r)|s"
    r"|\u043f\u043e\u043b\u0443\u0433\u043e\u0434\u0438\u0435)"
)
WEEK = r"(?:w|wk|kw|week|woche|sem|semaine|semana|settimana|\u043d\u0435\u0434)"
ORDINAL = r"(?:st|nd|rd|th|er|\u00e8me|e|\u00ba|\u00b0|o|-?\u0439|-?\u044f)?\.?"
"""What follows a number that counts."""
