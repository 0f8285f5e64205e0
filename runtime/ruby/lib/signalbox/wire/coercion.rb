# frozen_string_literal: true

module Signalbox
  module Wire
    # Stands in a coerced value where something cannot go onto the wire. Every check refuses it with this message.
    class Refused
      # @return [String] what is wrong and what to do
      attr_reader :message

      def initialize(message, value)
        @message = message
        @value = value
      end

      # @return [String] what was there, described
      def given
        Issue.describe(@value)
      end

      def inspect
        "#<Signalbox::Wire::Refused #{@message}>"
      end
    end

    # Ruby's values -> JSON's, by the type that the contract asks for; docs/coercion.md has the table. What has no
    # rule is passed on as it is, and refused by the check that follows. A value that is plain JSON is never changed.
    class << self
      # For strings of any kind.
      def text(value)
        case value
        when ::String then ::String.new(value)
        when ::Symbol then value.to_s
        else moment_text(value) || decimal_text(value) || value
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
      def decimal(value)
        return value.to_s if ::Integer === value

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
        else big_decimal?(value) ? decimal_number(value) : value
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

      # For arrays and tuples: Set, ActiveRecord::Relation and whatever else calls itself an array.
      def list(value)
        return value if value.instance_of?(::Array)
        return value.to_a if ::Array === value || (defined?(::Set) && ::Set === value)

        value.respond_to?(:to_ary) ? value.to_ary : value
      end

      # For objects and records: what the members are.
      # @return [Hash, Object] the value itself where it has none
      def members(value)
        case value
        when ::Hash, ::Struct then value.to_h
        when nil, ::String, ::Symbol, ::Numeric, true, false, ::Array, Refused then value
        else object_members(value)
        end
      end

      # {members}, for records and objects that let through what the contract does not name: of a model that would be
      # every attribute, +password_digest+ among them.
      def open_members(value)
        return members(value) unless defined?(::ActiveModel::Serialization) && ::ActiveModel::Serialization === value

        Refused.new("Invalid input: a #{value.class} would show all its attributes; give a Hash of those that are meant", value)
      end

      # A Hash key as it is written on the wire.
      def key(key)
        ::Symbol === key || ::Integer === key ? key.to_s : key
      end

      # Where a contract says "any JSON".
      def plain(value, depth = 0)
        return too_deep_to_send(value) if depth > MAX_DEPTH

        case value
        when nil, true, false, ::Float then value
        when ::String then value.instance_of?(::String) ? value : text(value)
        when ::Integer then number(value)
        when ::Array then value.map { |item| plain(item, depth + 1) }
        when ::Hash then plain_members(value, depth)
        else plain_object(value, depth)
        end
      end

      # For a Hash in which one field was given twice: +:user_id+ and +"userId"+, say.
      def spelled_twice(given)
        twice = given.keys.group_by { |key| key.to_s.delete("_").downcase }.values.select { |keys| keys.size > 1 }
        names = twice.map { |keys| keys.map(&:inspect).join(" and ") }.join(", ")
        Refused.new("Invalid input: one field in two spellings: #{names}", given)
      end

      def too_deep_to_send(value)
        Refused.new("Too deep: more than #{MAX_DEPTH} levels of arrays and objects, or a cycle", value.class)
      end

      private

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

      def exact_integer?(value)
        value.bit_length <= 53 || (value.to_f.finite? && value.to_f.to_i == value)
      end

      def decimal_number(value)
        number = value.to_f
        return number if number.finite? && BigDecimal(number.to_s) == value

        Refused.new("Invalid input: JavaScript would round this BigDecimal; send it as text (wire.decimal())", value)
      end

      # The same answers with and without ActiveSupport, which gives every object an +as_json+.
      def object_members(value)
        return value.to_hash if value.respond_to?(:to_hash)
        return value.serializable_hash if value.respond_to?(:serializable_hash)
        return value.as_json if value.respond_to?(:as_json) && value.method(:as_json).owner != ::Object

        return value.to_h if value.respond_to?(:to_h) && !(::Enumerable === value)

        own_json?(value) ? parsed(value) : value
      end

      # JSON and ActiveSupport give every object a +to_json+.
      def own_json?(value)
        value.respond_to?(:to_json) && !::Object.ancestors.include?(value.method(:to_json).owner)
      end

      def parsed(value)
        ::JSON.parse(value.to_json)
      rescue ::JSON::ParserError
        Refused.new("Invalid input: to_json of a #{value.class} gives no JSON", value)
      end

      def plain_members(hash, depth)
        wire = {}
        hash.each { |key, member| wire[key(key)] = plain(member, depth + 1) }
        wire.size == hash.size ? wire : spelled_twice(hash)
      end

      def plain_object(value, depth)
        items = list(value)
        return plain(items, depth) if ::Array === items

        simple = ::Symbol === value || big_decimal?(value) || utc_of(value) || date?(value)
        return text(value) if simple

        given = open_members(value)
        ::Hash === given ? plain(given, depth) : given
      end
    end
  end
end
