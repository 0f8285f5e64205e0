# frozen_string_literal: true

module Signalbox
  module Wire
    # Numbers as JavaScript has them: doubles. An Integer stands for the double nearest to it.
    class << self
      # Whether a value is a number that is finite as a double.
      def number?(value)
        case value
        when ::Float then value.finite?
        when ::Integer then value.bit_length < 1024 || value.to_f.finite?
        else false
        end
      end

      def whole?(value)
        ::Integer === value || value == value.floor
      end

      # Beyond what JavaScript calls a safe integer: 2**53 - 1 in either direction.
      def unsafe_integer?(value)
        value.to_f.abs > 9_007_199_254_740_991.0
      end

      def unsafe_integer(issues, value)
        if value.positive?
          report(issues, value, "too_big", "Too big: expected int to be <=9007199254740991")
        else
          report(issues, value, "too_small", "Too small: expected int to be >=-9007199254740991")
        end
      end

      # zod's tolerant remainder: four scaled epsilons from a whole ratio is whole.
      def multiple_of?(value, step)
        ratio = value.to_f / step
        return false unless ratio.finite?

        (ratio - ratio.round).abs < 4 * ::Float::EPSILON * [ ratio.abs, 1.0 ].max
      end

      # The check digit of a card number; its shape was checked before.
      def luhn?(string)
        digits = string.delete("- ").each_char.map(&:to_i).reverse
        digits.each_with_index.sum { |digit, index| index.odd? ? (digit * 2).digits.sum : digit } % 10 == 0
      end

      # The check digits of an IBAN; its shape was checked before.
      def mod97?(string)
        (string[4..] + string[0, 4]).gsub(/[A-Z]/) { |letter| (letter.ord - 55).to_s }.to_i % 97 == 1
      end
    end
  end
end
