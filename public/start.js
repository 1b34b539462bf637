// What must be so before the first paint and before any module runs. A file of its own, because the content
// security policy allows no inline script.
;(function () {
  // zod compiles parsers with `new Function` where it may; our policy forbids that, so it is told not to try
  globalThis.__zod_globalConfig = { jitless: true }
  // the choices of this device (src/platform/web/theme/preferences.ts writes them), so that nothing flashes
  try {
    var chosen = JSON.parse(localStorage.getItem('handrail.preferences') || '{}')
    var root = document.documentElement
    if (chosen.theme === 'light' || chosen.theme === 'dark') root.dataset.theme = chosen.theme
    if (chosen.contrast === 'more') root.dataset.contrast = 'more'
    if (typeof chosen.language === 'string') root.lang = chosen.language
  } catch {
    // a browser that refuses storage simply follows the system's choice
  }
})()
