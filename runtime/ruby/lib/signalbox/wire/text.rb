# frozen_string_literal: true

module Signalbox
  module Wire
    # White space as ECMAScript has it; Ruby's +strip+ also takes NUL and misses most of these.
    SPACE = '\t-\r \u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF'
    OUTER_SPACE = /\A[#{SPACE}]+|[#{SPACE}]+\z/.freeze
    ASTRAL = /[\u{10000}-\u{10FFFF}]/.freeze
    private_constant :SPACE, :OUTER_SPACE, :ASTRAL

    class << self
      # Whether a value is a string that JSON can carry: UTF-8 and well-formed, or ASCII in any encoding.
      def text?(value)
        ::String === value && (value.ascii_only? || (value.encoding == ::Encoding::UTF_8 && value.valid_encoding?))
      end

      # The same for what is known to be a String that is not all ASCII.
      def utf8?(string)
        string.encoding == ::Encoding::UTF_8 && string.valid_encoding?
      end

      # JavaScript's +String.prototype.trim+.
      # @param string [String] for which {text?} holds
      # @return [String] the same object where there is nothing to cut off
      def trim(string)
        OUTER_SPACE.match?(string) ? string.gsub(OUTER_SPACE, "") : string
      end

      # A string as UTF-16 sees it: each astral character becomes two characters of a private plane, one for each half.
      # Patterns without JavaScript's +u+ flag were translated for this form.
      def units(string)
        return string if string.ascii_only? || !ASTRAL.match?(string)

        string.gsub(ASTRAL) do |character|
          offset = character.ord - 0x10000
          [ 0xF0000 + (offset >> 10), 0xF0400 + (offset & 0x3FF) ].pack("U2")
        end
      end
    end
  end
end
