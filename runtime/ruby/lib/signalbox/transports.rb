# frozen_string_literal: true

require_relative "transports/redis_liveness"
require_relative "transports/redis"
require_relative "transports/redis_clients"
require_relative "transports/buffer"

module Signalbox
  # How messages reach the broker. A transport has one method: +deliver(messages)+ sends an Array of {Message}s in
  # order, in one round trip where it can, and raises where it could not.
  module Transports
    # Loaded where it is used: Net::HTTP would be half of what the runtime costs at boot.
    autoload :Http, File.join(__dir__, "transports/http")

    class << self
      # @param configuration [Configuration]
      # @return [#deliver]
      # @raise [ConfigurationError]
      def resolve(configuration)
        case configuration.transport
        when nil then default(configuration)
        when :redis then redis(configuration) || raise(ConfigurationError, "Signalbox: transport is :redis, but there is " \
          "neither `c.redis`, a constant REDIS, nor REDIS_URL")
        when :http then http(configuration)
        when :test then Buffer.new
        else configuration.transport
        end
      end

      # @param configuration [Configuration]
      # @return [Http]
      # @raise [ConfigurationError] its +url+ is none
      def http(configuration)
        Http.new(url: configuration.url, key: configuration.publish_key, timeout: configuration.timeout.to_f)
      end

      private

      def default(configuration)
        return Redis.new(configuration.redis, configuration.prefix) if configuration.redis
        return Buffer.new if Environment.rails? && Environment.name == "test"

        redis(configuration) || development(configuration) ||
          raise(ConfigurationError, "Signalbox knows no broker: set REDIS_URL, a constant REDIS, or " \
            "`Signalbox.configure { |c| c.redis = ... }`")
      end

      def redis(configuration)
        client = configuration.redis
        client ||= ::REDIS if defined?(::REDIS)
        client ||= RedisClients.from_url(ENV.fetch("REDIS_URL"), configuration.timeout.to_f) if Environment.variable("REDIS_URL")
        Redis.new(client, configuration.prefix) if client
      end

      def development(configuration)
        http(configuration) if Environment.variable("SIGNALBOX_URL") || Environment.name == "development"
      end
    end
  end
end
