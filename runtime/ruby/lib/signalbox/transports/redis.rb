# frozen_string_literal: true

module Signalbox
  module Transports
    # Redis or Valkey pub/sub, through whatever client the application has.
    #
    # A message is sent at most once: a lost connection is not retried, as the broker may have had it already. One that was
    # idle is asked first.
    class Redis
      # @param client [Object] redis-rb 4 to 6, redis-client, a pool of either, or a lambda that takes (channel, text)
      # @param prefix [String]
      # @param idle [Integer] milliseconds after which a connection is asked whether it is still there
      # @raise [ConfigurationError] it is none of these
      def initialize(client, prefix, idle: RedisLiveness::IDLE)
        @client = unwrapped(client)
        @kind = kind_of(@client)
        @lock = Mutex.new if @kind == :single
        @prefix = prefix
        @liveness = (%i[pool redis_client].include?(@kind) ? RedisLiveness::Pooled : RedisLiveness).new(idle)
      end

      # Without the client, which may show its password.
      def inspect
        "#<#{self.class}>"
      end

      # @param messages [Array<Message>]
      # @return [Array<Integer, nil>] how many gateways had each
      def deliver(messages)
        if messages.size == 1
          count = send_one(@client, @kind, @prefix + messages[0].channel, messages[0].text)
          return [ (count if Integer === count) ]
        end

        pairs = messages.map { |message| [ @prefix + message.channel, message.text ] }
        send_all(@client, @kind, pairs).map { |count| count if Integer === count }
      end

      private

      # What connection_pool's wrapper is asked it asks a client, which it makes for that; the pool it has at hand.
      def unwrapped(client)
        defined?(::ConnectionPool::Wrapper) && ::ConnectionPool::Wrapper === client ? client.wrapped_pool : client
      end

      # A client is used as it is, also where it has a `with` of its own; a pool lends one.
      def kind_of(client)
        return lambda_kind(client) if client.is_a?(Proc) || client.is_a?(Method)
        # Asked for first: one of a cluster connects to say what else it responds to.
        return pooled?(client) ? :redis_client : :single if client.respond_to?(:call_once)

        pool?(client) && !client.respond_to?(:publish) ? :pool : kind_of_one(client)
      end

      def kind_of_one(client)
        return :redis_client if client.respond_to?(:call_once)
        return redis_rb(client) || :publisher if client.respond_to?(:publish)
        return :redis_client if client.respond_to?(:call)

        raise ConfigurationError, "Signalbox cannot publish through a value of class #{client.class}: `c.redis` and REDIS " \
          "are a Redis, a RedisClient, a pool of them, or a lambda that takes (channel, text). Of a URL or settings make " \
          "one by `RedisClient.config(url: ...).new_pool`, or set REDIS_URL"
      end

      def lambda_kind(client)
        return :lambda if Arity.takes?(client, 2)

        raise ConfigurationError, "Signalbox: a lambda in `c.redis` takes (channel, text) and publishes. One that makes a " \
          "client is not needed: give the client itself, which connects at the first publish"
      end

      # A RedisClient that is no pool is not safe for threads: those that publish take turns.
      def pooled?(client)
        defined?(::RedisClient::Pooled) && client.is_a?(::RedisClient::Pooled)
      end

      # Which generation of redis-rb it is, if any: 5 and later stand on redis-client. One of a cluster, whose client is none,
      # takes the switch against a second try and does nothing with it.
      def redis_rb(client)
        return nil unless client.respond_to?(:without_reconnect)

        inner = client._client if client.respond_to?(:_client)
        return :redis_rb if defined?(::RedisClient) && ::RedisClient === inner

        inner.respond_to?(:disable_reconnection) ? :publisher : :redis_rb_4
      end

      # ActiveSupport 7.1 gives every object a `with`, of another meaning.
      def pool?(client)
        client.respond_to?(:with) && client.method(:with).owner != ::Object
      end

      # What redis-rb sends without another try it sends under its lock, as all its commands: the switch is one for all
      # threads, and what another thread asks for meanwhile is to be tried again as ever.
      def send_one(client, kind, channel, text)
        case kind
        when :redis_rb
          client.send(:synchronize) do |inner|
            @liveness.confirm { call_once.bind_call(inner, [ "PING" ]) } if @liveness.idle?(inner)
            call_once.bind_call(inner, [ "PUBLISH", channel, text ])
          end
        when :redis_rb_4 then without_reconnect(client) { client.publish(channel, text) }
        when :publisher then client.publish(channel, text)
        when :lambda then client.call(channel, text)
        when :single then @lock.synchronize { send_once(client, channel, text) }
        when :pool then client.with { |lent| send_one(lent, kind_of_one(lent), channel, text) }
        when :redis_client
          client.respond_to?(:call_once) ? lend(client) { |lent| send_once(lent, channel, text) } : client.call("PUBLISH", channel, text)
        end
      end

      def send_all(client, kind, pairs)
        case kind
        when :redis_rb
          client.send(:synchronize) do |inner|
            @liveness.confirm { call_once.bind_call(inner, [ "PING" ]) } if @liveness.idle?(inner)
            inner.disable_reconnection { publish_all(client, pairs) }
          end
        # It sends a pipeline again after a lost connection, whatever it is told.
        when :redis_rb_4 then without_reconnect(client) { pairs.map { |pair| client.publish(*pair) } }
        when :publisher then publish_all(client, pairs)
        when :lambda then pairs.map { |channel, text| client.call(channel, text) }
        when :single then @lock.synchronize { send_all(client, :redis_client, pairs) }
        when :pool then client.with { |lent| send_all(lent, kind_of_one(lent), pairs) }
        when :redis_client then lend(client) { |lent| pipeline(lent, pairs) }
        end
      end

      # One connection of a RedisClient's own pool.
      def lend(client, &block)
        pooled?(client) ? client.with(&block) : yield(client)
      end

      def send_once(client, channel, text)
        @liveness.confirm { client.call_once("PING") } if @liveness.idle?(client)
        client.call_once("PUBLISH", channel, text)
      end

      def pipeline(client, pairs)
        @liveness.confirm { client.call_once("PING") } if client.respond_to?(:call_once) && @liveness.idle?(client)
        client.pipelined do |pipeline|
          pairs.each { |channel, text| pipeline.call_once("PUBLISH", channel, text) }
        end
      end

      def without_reconnect(client)
        client.without_reconnect do
          @liveness.confirm { client.ping } if @liveness.idle?(client)
          yield
        end
      end

      # RedisClient has it for what must not be tried again. redis-rb, whose client is one, hides it and has nothing else.
      #
      # @return [UnboundMethod]
      def call_once
        @call_once ||= ::RedisClient.instance_method(:call_once_v)
      end

      def publish_all(client, pairs)
        client.pipelined do |pipeline|
          pairs.each { |pair| pipeline.publish(*pair) }
        end
      end
    end
  end
end
