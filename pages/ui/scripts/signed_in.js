// Signing in leads to the first page: from there on to the address that was asked for before (see pages/ui/login.py).
(() => {
  const asked = sessionStorage.getItem("storeledger_asked");
  sessionStorage.removeItem("storeledger_asked");
  if (asked && asked !== location.href && asked.startsWith(`${location.origin}/`)) location.replace(asked);
})();
