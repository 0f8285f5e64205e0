# frozen_string_literal: true

module Signalbox
  module Wire
    # One thing that is wrong with a value, as zod would report it.
    class Issue
      # Longest text or number that {#given} shows, in characters. What is longer is not quoted in part: it is described.
      MAX_SHOWN = 40

      # Fields whose value is never shown, whatever it is. Rails' own default list, and +apiKey+ as +api_key+.
      SECRET = /passw|email|secret|token|_key|(?-i:[a-z\d]Key)|crypt|salt|certificate|otp|ssn|cvv|cvc/i.freeze

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
        Issue.show(@value, @path)
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
        # What is of the wrong type says in its message that it is missing.
        note = " (given #{given})" unless missing? && @code == "invalid_type"
        "#{where}: #{@message}#{note}"
      end

      # Never the raw value: error trackers print objects with +inspect+.
      def inspect
        "#<Signalbox::Wire::Issue #{self}>"
      end

      # Test runners hand errors from process to process: not with the value, which may be secret and of any class.
      def marshal_dump
        [ @code, @message, missing? ? nil : given, @continue, @path ]
      end

      def marshal_load(dumped)
        @code, @message, given, @continue, @path = dumped
        @value = given ? Shown.new(given) : UNDEFINED
      end

      # A value of which only the description is left.
      Shown = Struct.new(:given)
      private_constant :Shown

      @filter = nil

      class << self
        # @return [#hides?, nil] asked with a path and what it has as a text; knows fields that are secret besides {SECRET}
        attr_accessor :filter

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

        # A value as far as a log may have it.
        # @param path [Array<String, Integer>] where it was given
        def show(value, path)
          return "[FILTERED]" if path.any? { |key| SECRET.match?(key.to_s) }

          shown = describe(value)
          filter&.hides?(path, text(value, shown)) ? "[FILTERED]" : shown
        end

        # Says what a value is without saying what is in it, except for short scalars.
        def describe(value)
          case value
          when UNDEFINED then "nothing"
          when Refused, Shown then value.given
          when ::String, ::Symbol then describe_text(value)
          when ::Hash then "an object with #{value.size} #{value.size == 1 ? "key" : "keys"}"
          when ::Array then "an array of #{value.size}"
          when nil, true, false then value.inspect
          when ::Numeric then describe_number(value)
          else kind(value)
          end
        end

        # A value's class with its article: "a Person", "an Order".
        def kind(value)
          name = value.class.name || "nameless object"
          "#{AN.match?(name) ? "an" : "a"} #{name}"
        end

        # Whether a text may be shown as it is: short, and not an object or a list as JSON.
        def short?(text)
          text.length <= MAX_SHOWN && !json?(text)
        end

        # Whether a text looks as if somebody had called +to_json+.
        def json?(text)
          readable(text).match?(/\A\s*[{\[]/)
        end

        private

        # Names that begin with the sound of a vowel: not User, Unit, Utility, URI or U.
        AN = /\A(?:[AEIOaeio]|[Uu](?!ser|ni[^nm]|ti|[A-Z]|\b))/.freeze
        private_constant :AN

        # What a filter that looks at values is to see: the value itself, where it is shown as it is.
        def text(value, shown)
          case value
          when ::String, ::Symbol then readable(value.to_s)
          else shown[/\A"(.*)"\z/m, 1] || shown
          end
        end

        def describe_text(value)
          text = readable(value.to_s)
          return value.is_a?(::Symbol) ? value.inspect : text.inspect if short?(text)

          "#{json?(text) ? "JSON text" : kind(value)} of #{text.length} characters"
        end

        def describe_number(value)
          text = value.inspect
          text.length <= MAX_SHOWN ? text : "#{kind(value)} of #{text.length} digits"
        end

        # A key of a path.
        def shorten(text)
          text.length <= MAX_SHOWN ? text : "#{text[0, MAX_SHOWN - 3]}..."
        end
      end
    end
  end
end
