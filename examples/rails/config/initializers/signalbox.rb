# In an app of your own: require Rails.root.join("vendor/signalbox/signalbox").to_s
require Example::Application::GENERATED.join("signalbox/signalbox").to_s

# Signalbox publishes through REDIS where there is one, and else to the gateway's memory broker.
if ENV["REDIS_URL"].present?
  require "redis"
  REDIS = Redis.new(url: ENV["REDIS_URL"], timeout: 0.5)
end
