# frozen_string_literal: true

module Signalbox
  module Transports
    # Redis or Valkey pub/sub, through whatever client the application has.
    #
    # A message is sent at most once: a lost connection is not retried, as the broker may have had it already.
    class Redis
      # @param client [Object] redis-rb 4 to 6, redis-client, a pool of either, or a lambda that takes (channel, text)
      # @param prefix [String]
      # @raise [ConfigurationError] it is none of these
      def initialize(client, prefix)
        @client = client
        @prefix = prefix
        return if client.respond_to?(:publish) || client.respond_to?(:call) || pool?(client)

        raise ConfigurationError, "Signalbox cannot publish through a #{client.class}: it takes a Redis, a RedisClient, a " \
          "pool of them, or a lambda that takes (channel, text); a URL goes to REDIS_URL"
      end

      # Without the client, which may show its password.
      def inspect
        "#<#{self.class}>"
      end

      # @param messages [Array<Message>]
      # @return [Array<Integer, nil>] how many gateways had each
      def deliver(messages)
        return messages.map { |message| receivers(@client.call(@prefix + message.channel, message.text)) } if callable?

        checkout(@client) { |client|
          messages.one? ? [ receivers(send_one(client, messages.first)) ] : send_all(client, messages).map { |count| receivers(count) }
        }
      end

      private

      def callable?
        @client.is_a?(Proc) || @client.is_a?(Method)
      end

      # A client is used as it is, also where it has a `with` of its own; a pool lends one.
      def checkout(client, &block)
        !client.respond_to?(:publish) && pool?(client) ? client.with(&block) : yield(client)
      end

      # ActiveSupport 7.1 gives every object a `with`, of another meaning.
      def pool?(client)
        client.respond_to?(:with) && client.method(:with).owner != ::Object
      end

      def send_one(client, message)
        channel = @prefix + message.channel
        return once(client) { client.publish(channel, message.text) } if client.respond_to?(:publish)

        client.public_send(client.respond_to?(:call_once) ? :call_once : :call, "PUBLISH", channel, message.text)
      end

      def send_all(client, messages)
        pairs = messages.map { |message| [ @prefix + message.channel, message.text ] }
        return once(client) { publish_all(client, pairs) } if client.respond_to?(:publish)

        client.pipelined do |pipeline|
          pairs.each { |pair| pipeline.call_once("PUBLISH", *pair) }
        end
      end

      # redis-rb repeats a command after a lost connection where it is not told otherwise.
      def once(client, &block)
        client.respond_to?(:without_reconnect) ? client.without_reconnect(&block) : yield
      end

      def publish_all(client, pairs)
        return pairs.map { |pair| client.publish(*pair) } if repeats_pipelines?(client)

        client.pipelined do |pipeline|
          pairs.each { |pair| pipeline.publish(*pair) }
        end
      end

      # redis-rb 4 sends a pipeline again after a lost connection, whatever it is told.
      def repeats_pipelines?(client)
        defined?(::Redis::VERSION) && client.is_a?(::Redis) && ::Redis::VERSION.to_i < 5
      end

      def receivers(count)
        count if count.is_a?(Integer)
      end
    end

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
            ::RedisClient.config(url: url, timeout: timeout, reconnect_attempts: 0, **liveness)
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

        # A connection that was idle is tried before it is used, so that a restarted server costs no message.
        def liveness
          ::RedisClient::Config.method_defined?(:idle_timeout) ? { idle_timeout: 1 } : {}
        end

        # One connection for each thread that Puma has.
        def pool_size
          Integer(ENV.fetch("RAILS_MAX_THREADS", 5))
        end
      end
    end
  end
end
