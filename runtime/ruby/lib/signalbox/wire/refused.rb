# frozen_string_literal: true

module Signalbox
  module Wire
    # Stands in a coerced value where something cannot go onto the wire. Every check refuses it with this message.
    class Refused
      # @return [String] what is wrong and what to do
      attr_reader :message
      # @return [String] as {Issue#code}
      attr_reader :code

      def initialize(message, value, code = "invalid_type")
        @message = message
        @value = value
        @code = code
      end

      # @return [String] what was there, described
      def given
        Issue.describe(@value)
      end

      def inspect
        "#<Signalbox::Wire::Refused #{@message}>"
      end
    end
  end
end
