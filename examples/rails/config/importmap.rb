pin "realtime" # generated/client/realtime.js
pin "page"
pin "chat"
pin "thing"
