# frozen_string_literal: true

module Signalbox
  module Wire
    # One thing that is wrong with a value, as zod would report it.
    class Issue
      # Longest text that {#given} returns, in characters.
      MAX_GIVEN = 80

      # Fields whose value is never shown, whatever it is. Rails' own default list.
      SECRET = /passw|email|secret|token|_key|crypt|salt|certificate|otp|ssn|cvv|cvc/i.freeze

      # @return [Array<String, Integer>] where, from the payload's root; empty for the root itself
      attr_reader :path
      # @return [String] zod's code: "invalid_type", "too_small", "unrecognized_keys" ...
      attr_reader :code
      # @return [String] in zod's words
      attr_reader :message
      # @return [Boolean, nil] zod's own mark: true lets later checks run, false stops all, nil stops most
      attr_reader :continue

      def initialize(code, message, value, continue, path = [])
        @code = code
        @message = Issue.readable(message)
        @value = value
        @continue = continue
        @path = path.map { |key| Issue.readable(key) }
      end

      # The same issue, seen from one level further out.
      def under(key)
        Issue.new(@code, @message, @value, @continue, [ key, *@path ])
      end

      # What was given: short, and without secrets.
      # @return [String]
      def given
        return "[FILTERED]" if @path.any? { |key| SECRET.match?(key.to_s) }

        Issue.describe(@value)
      end

      # @return [Boolean] whether nothing was given here
      def missing?
        UNDEFINED.equal?(@value)
      end

      # @return [Hash{String => Object}] as it goes into an error frame
      def to_h
        { "path" => @path, "code" => @code, "message" => @message }
      end

      # One line, fit for a log.
      def to_s
        where = @path.empty? ? "(payload)" : Issue.path_text(@path)
        "#{where}: #{@message}#{" (given #{given})" unless missing?}"
      end

      # Never the raw value: error trackers print objects with +inspect+.
      def inspect
        "#<Signalbox::Wire::Issue #{self}>"
      end

      class << self
        # @return [String] "items[0].price"
        def path_text(path)
          path.each_with_index.map do |key, index|
            next "[#{key}]" if key.is_a?(Integer)
            next "[#{shorten(key.inspect)}]" unless key.is_a?(::String) && key.match?(/\A[A-Za-z_$][A-Za-z0-9_$]*\z/)

            index.zero? ? key : ".#{key}"
          end.join
        end

        # Text that can be logged and sent: what is broken in it becomes U+FFFD. Other keys stay as they are.
        def readable(text)
          return text if !text.is_a?(::String) || Wire.text?(text)

          text.dup.force_encoding(::Encoding::UTF_8).scrub
        end

        # Says what a value is without saying what is in it, except for scalars.
        def describe(value)
          case value
          when Refused then value.given
          when ::String then shorten(readable(value).inspect)
          when ::Hash then "an object with #{value.size} keys"
          when ::Array then "an array of #{value.size}"
          when nil, true, false, ::Numeric, ::Symbol then shorten(value.inspect)
          else kind(value.class.name || "nameless object")
          end
        end

        private

        def kind(name)
          "#{name.match?(/\A[AEIOUaeiou]/) ? "an" : "a"} #{name}"
        end

        def shorten(text)
          text.length <= MAX_GIVEN ? text : "#{text[0, MAX_GIVEN - 3]}..."
        end
      end
    end
  end
end
