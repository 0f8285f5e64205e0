# frozen_string_literal: true

module Signalbox
  module Wire
    # How JavaScript sees JSON values, where zod lets that show.
    class << self
      # zod's name of a value's type in "received ...".
      def type_name(value)
        case value
        when nil then "null"
        when true, false then "boolean"
        when ::Integer, ::Float then number_name(value)
        when ::String then "string"
        when ::Array then "array"
        when ::Hash then "object"
        when UNDEFINED then "undefined"
        else value.class.name || "object"
        end
      end

      # +value.length+ as JavaScript finds it: of strings, arrays, and of objects that have such a key.
      # @return [Object] UNDEFINED where there is none
      def length_of(value)
        case value
        when ::String then text?(value) ? value.length : UNDEFINED
        when ::Array then value.size
        when ::Hash then value.fetch("length", UNDEFINED)
        else UNDEFINED
        end
      end

      # +Number(value)+, for comparisons such as +{}.length <= 3+.
      # @return [Float] NaN where it is no number
      def to_number(value)
        case value
        when ::Integer, ::Float then value.to_f
        when true then 1.0
        when false, nil then 0.0
        when ::String then string_to_number(trim(value))
        when ::Array then string_to_number(trim(array_to_s(value)))
        else ::Float::NAN
        end
      end

      # Object keys in JavaScript's order: array indices first, by value, then the others as they came.
      def key_order(keys)
        keys.each_with_index.sort_by { |key, index| array_index?(key) ? [ 0, key.to_i ] : [ 1, index ] }.map(&:first)
      end

      # Puts the issues that were found under an object's keys into the order in which JavaScript walks the keys.
      # @param from [Integer] index of the first of them
      def sort_by_key(issues, from)
        found = issues.slice!(from, issues.size - from)
        order = key_order(found.map { |issue| issue.path.first }.uniq)
        issues.concat(found.each_with_index.sort_by { |issue, index| [ order.index(issue.path.first), index ] }.map(&:first))
      end

      private

      def number_name(value)
        return "number" unless ::Float === value && !value.finite?
        return "NaN" if value.nan?

        value.positive? ? "Infinity" : "-Infinity"
      end

      def array_index?(key)
        text?(key) && /\A(?:0|[1-9][0-9]{0,9})\z/.match?(key) && key.to_i < 4_294_967_295
      end

      def string_to_number(string)
        case string
        when "" then 0.0
        when /\A[+-]?Infinity\z/ then string.start_with?("-") ? -::Float::INFINITY : ::Float::INFINITY
        when /\A0[xX]\h+\z/, /\A0[oO][0-7]+\z/, /\A0[bB][01]+\z/ then Integer(string).to_f
        when /\A[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\z/ then decimal_to_number(string)
        else ::Float::NAN
        end
      end

      # Ruby's Float() wants digits on both sides of the point.
      def decimal_to_number(string)
        Float(string.sub(/\A([+-]?)\./, '\10.').sub(/\.(?=\z|[eE])/, ""))
      end

      # +[1, "a", null].join()+
      def array_to_s(array)
        array.map { |item| scalar_to_s(item) }.join(",")
      end

      def scalar_to_s(value)
        case value
        when nil then ""
        when ::Array then array_to_s(value)
        when ::Hash then "[object Object]"
        when ::Float then value == value.to_i && value.abs < 1e21 ? value.to_i.to_s : value.to_s
        else value.to_s
        end
      end
    end
  end
end
