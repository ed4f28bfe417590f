/* Month and day names and separators for dates and numbers that Plotly itself writes, from CLDR: Moroccan usage in Arabic
   (نونبر, غشت; its short names are not Moroccan, so the long ones stand for both). Week and months as Plotly wants them:
   from Sunday, from January. Loaded before or after Plotly. */
(function () {
  var locales = [
    {"moduleType": "locale", "name": "ar-MA", "dictionary": {}, "format": {"days": ["الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت"], "shortDays": ["الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت"], "months": ["يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو", "يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر"], "shortMonths": ["يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو", "يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر"], "date": "%d/%m/%Y", "decimal": ",", "thousands": "."}},
    {"moduleType": "locale", "name": "fr", "dictionary": {}, "format": {"days": ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"], "shortDays": ["dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."], "months": ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"], "shortMonths": ["jan.", "fév.", "mar.", "avr.", "mai", "jui.", "juil.", "août", "sept.", "oct.", "nov.", "déc."], "date": "%d/%m/%Y", "decimal": ",", "thousands": "\u202f"}},
    {"moduleType": "locale", "name": "en-GB", "dictionary": {}, "format": {"days": ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"], "shortDays": ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"], "months": ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"], "shortMonths": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"], "date": "%d/%m/%Y", "decimal": ".", "thousands": ","}}
  ];
  locales.forEach(function (locale) {
    if (window.Plotly) window.Plotly.register(locale);
    else (window.PlotlyLocales = window.PlotlyLocales || []).push(locale);
  });
})();
