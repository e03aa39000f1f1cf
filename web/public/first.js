// Before anything else runs: which page is drawn while the app is on its way. Whoever is signed in gets the frame of a home, a visitor the
// words of the sign-in page; whoever reads English, or is told something else there, waits a moment longer.
const isHome = /^\/(signed-in$|gallery\/)/.test(location.pathname) || sessionStorage.getItem('hems.session') !== null;
const isPlain = localStorage.getItem('hems.locale') === 'en' || sessionStorage.getItem('hems.sessionEnded') !== null;
const visitor = isPlain ? 'nothing' : 'visitor';
document.documentElement.dataset.first = isHome ? 'home' : visitor;
