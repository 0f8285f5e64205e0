# frozen_string_literal: true

module Signalbox
  module Transports
    # A client of our own where the application has none: by REDIS_URL, with the gem that is there.
    module RedisClients
      class << self
        # @param url [String]
        # @param timeout [Float]
        # @return [Object]
        # @raise [ConfigurationError] there is no Redis gem, or the URL is none; it is never shown, as it may have a password
        def from_url(url, timeout)
          connect(url, timeout)
        rescue URI::InvalidURIError, ArgumentError
          raise ConfigurationError, "Signalbox: REDIS_URL is no Redis URL: redis://, rediss:// or unix://, with what is " \
            "special in user and password percent-encoded (its text is not shown)", cause: nil
        end

        private

        def connect(url, timeout)
          if gem?("redis-client")
            ::RedisClient.config(url: url, timeout: timeout, reconnect_attempts: 0)
                         .new_pool(timeout: timeout, size: pool_size)
          elsif gem?("redis")
            ::Redis.new(url: url, timeout: timeout, reconnect_attempts: 0)
          else
            raise ConfigurationError, "Signalbox found REDIS_URL but no Redis client: run `bundle add redis-client`"
          end
        end

        def gem?(feature)
          require feature
          true
        rescue LoadError => error
          raise unless error.path == feature

          false
        end

        # One connection for each thread that Puma has.
        def pool_size
          text = Environment.variable("RAILS_MAX_THREADS") || "5"
          return text.to_i if text.match?(/\A[1-9]\d*\z/)

          raise ConfigurationError, "Signalbox: RAILS_MAX_THREADS is a number of threads, 1 or more, not #{text[0, 20].inspect}"
        end
      end
    end
  end
end
