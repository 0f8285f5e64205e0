# frozen_string_literal: true

module Signalbox
  module Transports
    # Asks a connection that was idle whether it is still there, before a message is trusted to it. Servers and proxies
    # close idle connections, and all of them when they restart; what is sent through one of those is lost, because no
    # message is ever sent twice.
    class RedisLiveness
      # Milliseconds after which a connection is asked. Less would cost busy applications a round trip now and then.
      IDLE = 1_000

      # @param idle [Integer] milliseconds
      def initialize(idle)
        @idle = idle
        @used = nil
      end

      # Whether nobody used it for that long. It counts as used from now on.
      #
      # @param _connection [Object] the only one
      def idle?(_connection)
        last = @used
        @used = now = Process.clock_gettime(Process::CLOCK_MONOTONIC, :millisecond)
        !last.nil? && now - last >= @idle
      end

      # @yield to ask the connection, without another try; where it turns out to be closed the client makes a new one for
      #   what is sent next
      # @raise [StandardError] nobody answers
      def confirm
        yield
      rescue StandardError => error
        raise unless answered?(error)
      end

      private

      # Whether an error came at once. A server that does not answer, or cannot be reached, has had its time: a second try
      # would double it. One that forbids PING is there.
      def answered?(error)
        names = error.class.ancestors.map(&:name)
        (names & ANSWERS).any? && (names & SILENCE).empty?
      end

      # By name, as either gem may be missing.
      ANSWERS = %w[RedisClient::ConnectionError RedisClient::CommandError Redis::ConnectionError Redis::CommandError].freeze
      SILENCE = %w[RedisClient::TimeoutError RedisClient::CannotConnectError].freeze
      private_constant :ANSWERS, :SILENCE

      # The same for connections that a pool lends, and drops as it likes.
      class Pooled < RedisLiveness
        def initialize(idle)
          super
          @used = ObjectSpace::WeakMap.new
        end

        def idle?(connection)
          last = @used[connection]
          @used[connection] = now = Process.clock_gettime(Process::CLOCK_MONOTONIC, :millisecond)
          !last.nil? && now - last >= @idle
        end
      end
    end
  end
end
