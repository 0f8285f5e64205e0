# frozen_string_literal: true

module Signalbox
  module Transports
    # Keeps messages instead of sending them: what tests look at. Holds the last {LIMIT} of them.
    class Buffer
      LIMIT = 10_000

      def initialize
        @mutex = Mutex.new
        @messages = []
        @dropped = 0
      end

      # @param messages [Array<Message>]
      # @return [nil]
      def deliver(messages)
        @mutex.synchronize do
          @messages.concat(messages)
          overflow = @messages.size - LIMIT
          if overflow.positive?
            @messages.shift(overflow)
            @dropped += overflow
          end
        end
        nil
      end

      # @return [Array<Message>] in the order in which they were published
      # @raise [Error] there were more than it can hold
      def messages
        @mutex.synchronize do
          raise Error, "more than #{LIMIT} events were published since the buffer was cleared" if @dropped.positive?

          @messages.dup
        end
      end

      # @return [nil]
      def clear
        @mutex.synchronize do
          @messages.clear
          @dropped = 0
        end
        nil
      end
    end
  end
end
