threads 1, Integer(ENV.fetch("RAILS_MAX_THREADS", 5))
bind "tcp://#{ENV.fetch("BIND", "localhost")}:#{ENV.fetch("PORT", 3000)}"
