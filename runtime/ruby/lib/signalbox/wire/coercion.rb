# frozen_string_literal: true

module Signalbox
  module Wire
    # Ruby's values -> JSON's, by the type that the contract asks for; docs/coercion.md has the table. What has no
    # rule is passed on as it is, and refused by the check that follows. A value that is plain JSON is never changed.
    class << self
      # For strings of any kind.
      def text(value)
        case value
        when ::String then ::String.new(value)
        when ::Symbol then value.to_s
        else moment_text(value) || decimal_text(value) || own_scalar(value, ::String)
        end
      end

      # For +z.iso.datetime()+: an instant, in UTC.
      # @param format [String] for strftime, with as many fractional digits as the contract takes
      def timestamp(value, format)
        utc = utc_of(value)
        return utc.strftime(format) if utc

        ::Symbol === value || ::String === value ? text(value) : value
      end

      # For +z.iso.date()+. An instant is no date before somebody says in which time zone.
      def date(value)
        return value.strftime("%Y-%m-%d") if date?(value)
        return Refused.new("Invalid input: expected a date, received #{value.class}; call .to_date in the right time zone", value) if utc_of(value)

        ::Symbol === value || ::String === value ? text(value) : value
      end

      # For +z.iso.duration()+: ActiveSupport::Duration.
      def duration(value)
        value.respond_to?(:iso8601) && !utc_of(value) && !date?(value) ? value.iso8601 : text(value)
      end

      # For +wire.decimal()+: BigDecimal and Integer, digit by digit.
      # @param scale [Integer] how many digits the contract takes behind the point
      def decimal(value, scale)
        return value.to_s if ::Integer === value
        return inexact_decimal(value, scale) if ::Float === value || (big_decimal?(value) && !value.finite?)

        decimal_text(value)&.delete_suffix(".0") || text(value)
      end

      # For +wire.bigint()+ and for IDs that are text on the wire.
      def integer_text(value)
        ::Integer === value ? value.to_s : text(value)
      end

      # For +wire.url()+: URI objects.
      def url(value)
        defined?(::URI::Generic) && ::URI::Generic === value ? value.to_s : text(value)
      end

      # For numbers. JavaScript has doubles only: what it would round is refused, not sent.
      def number(value)
        case value
        when ::Integer
          exact_integer?(value) ? value : Refused.new("Invalid input: JavaScript would round this Integer; send it as text (wire.bigint())", value)
        when ::Float then value
        else big_decimal?(value) ? decimal_number(value) : own_number(value)
        end
      end

      # For literals and enums: Symbols are names.
      def scalar(value)
        return text(value) if ::Symbol === value

        ::Integer === value ? number(value) : value
      end

      # Whether a value is plain already, so that no option of a union has to be asked.
      def scalar?(value)
        case value
        when nil, true, false, ::Float then true
        when ::String then value.instance_of?(::String)
        when ::Integer then exact_integer?(value)
        else false
        end
      end

      # The discriminator of a Hash under any of its spellings.
      def tag(given, *keys)
        key = keys.find { |each| given.key?(each) }
        key.nil? ? UNDEFINED : scalar(given[key])
      end

      # A Hash key as it is written on the wire.
      def key(key)
        ::Symbol === key || ::Integer === key ? key.to_s : key
      end

      # Where a contract says "any JSON".
      def plain(value)
        case value
        when nil, true, false, ::Float then value
        when ::String then value.instance_of?(::String) ? value : text(value)
        when ::Integer then number(value)
        else bounded(value) { plain_object(value, 0) }
        end
      end

      # For a Hash in which one field was given twice: +:user_id+ and +"userId"+, say.
      def spelled_twice(given)
        twice = given.keys.group_by { |key| key.to_s.delete("_").downcase }.values.select { |keys| keys.size > 1 }
        names = twice.map { |keys| keys.map(&:inspect).join(" and ") }.join(", ")
        Refused.new("Invalid input: one field in two spellings: #{names}", given)
      end

      # Coerces what may nest without end. What is too deep somewhere is refused as a whole: a cycle has a path for each
      # way through it, more than anybody can follow or read.
      def bounded(value)
        catch(TOO_DEEP) { return yield }
        Refused.new("Too deep: more than #{MAX_DEPTH} levels of arrays and objects, or a cycle", value, "too_deep")
      end

      # Leaves the innermost {bounded}.
      def too_deep_to_send
        throw TOO_DEEP
      end

      private

      TOO_DEEP = ::Object.new.freeze
      private_constant :TOO_DEEP

      def utc_of(value)
        return value.getutc if ::Time === value

        value.new_offset(0) if defined?(::DateTime) && ::DateTime === value
      end

      def date?(value)
        defined?(::Date) && ::Date === value && !(::DateTime === value)
      end

      def moment_text(value)
        return value.strftime("%Y-%m-%d") if date?(value)

        utc_of(value)&.strftime("%Y-%m-%dT%H:%M:%S.%LZ")
      end

      def big_decimal?(value)
        defined?(::BigDecimal) && ::BigDecimal === value
      end

      def decimal_text(value)
        value.to_s("F") if big_decimal?(value) && value.finite?
      end

      def own_number(value)
        own = own_scalar(value, ::Numeric)
        own.equal?(value) ? value : number(own)
      end

      def exact_integer?(value)
        value.bit_length <= 53 || (value.to_f.finite? && value.to_f.to_i == value)
      end

      def inexact_decimal(value, scale)
        received = ::Float === value && value.finite? ? "a Float, which is not exact" : value.to_s
        wanted = "a BigDecimal, an Integer or text such as #{scale.zero? ? "\"12\"" : "\"12.#{"5".ljust(scale, "0")}\""}"
        Refused.new("Invalid input: expected #{wanted}, at most #{scale} digits behind the point, received #{received}", value)
      end

      def decimal_number(value)
        number = value.to_f
        return number if (number.finite? && BigDecimal(number.to_s) == value) || !value.finite?

        Refused.new("Invalid input: JavaScript would round this BigDecimal; send it as text (wire.decimal())", value)
      end

      def plain_nested(value, depth)
        case value
        when nil, true, false, ::String, ::Integer, ::Float then plain(value)
        else plain_object(value, depth)
        end
      end

      def plain_object(value, depth)
        too_deep_to_send if depth > MAX_DEPTH
        return text(value) if ::Symbol === value || big_decimal?(value) || utc_of(value) || date?(value)

        given = open_list(value)
        given = open_members(value) if given.equal?(value)
        case given
        when ::Array then given.map { |item| plain_nested(item, depth + 1) }
        when ::Hash then plain_members(given, depth)
        else given.equal?(value) ? value : plain_nested(given, depth + 1)
        end
      end

      def plain_members(hash, depth)
        wire = {}
        hash.each { |key, member| wire[key(key)] = plain_nested(member, depth + 1) }
        wire.size == hash.size ? wire : spelled_twice(hash)
      end
    end
  end
end
