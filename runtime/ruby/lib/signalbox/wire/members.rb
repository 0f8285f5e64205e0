# frozen_string_literal: true

module Signalbox
  module Wire
    # What the members of an object are: what its own class says they are, and never what it merely passes on.
    class << self
      # For objects and records.
      # @return [Hash, Object] the value itself where it has none
      def members(value)
        return value if value.instance_of?(::Hash)

        case value
        when nil, ::String, ::Symbol, ::Numeric, true, false, ::Array, Refused then value
        else object_members(value)
        end
      end

      # {members}, for records and objects that let through what the contract does not name: of a model that would be
      # every attribute, +password_digest+ among them, also where it adds some to +as_json+.
      def open_members(value)
        return members(value) unless model?(value)

        Refused.new("Invalid input: #{Issue.kind(value)} would show all its attributes; give a Hash of those that are meant", value)
      end

      # For arrays and tuples: Set, ActiveRecord::Relation and whatever else calls itself an array.
      def list(value)
        return value if value.instance_of?(::Array)

        case value
        when nil, ::String, ::Symbol, ::Numeric, true, false, ::Hash, Refused then value
        else object_list(value)
        end
      end

      # Whether a value is nothing but values by their names, among which a channel's parameter is one.
      def named_values?(value)
        case value
        when ::Hash, ::Struct then true
        when nil, ::String, ::Symbol, ::Numeric, true, false, ::Array then false
        else (defined?(::Data) && ::Data === value) || parameters?(value)
        end
      end

      private

      def model?(value)
        defined?(::ActiveModel::Serialization) && ::ActiveModel::Serialization === value
      end

      # {list}, where a model that says by its +as_json+ that it is one stays what it is.
      def open_list(value)
        model?(value) ? value : list(value)
      end

      # Those that have an +as_json+ for whatever comes: Ruby's classes by ActiveSupport or json/add, models by ActiveModel.
      GENERAL = %w[
        Object Kernel Module Hash Array Set Struct Data OpenStruct Enumerable Range Exception Regexp Complex Rational
        Time Date DateTime Pathname IPAddr IO Tempfile URI::Generic Process::Status
        ActiveModel::Serializers::JSON ActiveRecord::Delegation ActionController::Parameters
      ].freeze
      private_constant :GENERAL

      # The same answers with and without ActiveSupport, which gives every object an +as_json+.
      def object_members(value)
        return parameters_members(value) if parameters?(value)

        json = own_as_json(value)
        return json unless UNDEFINED.equal?(json)
        return value.to_h if ::Hash === value || ::Struct === value

        reader = %i[to_hash serializable_hash to_h].find { |name| own(value, name) }
        return value.public_send(reader) if reader && !(reader == :to_h && ::Enumerable === value)
        return parsed(value) if own_to_json?(value)

        delegator?(value) ? unmasked(value) : value
      end

      def object_list(value)
        json = own_as_json(value)
        return json unless UNDEFINED.equal?(json)
        return value.to_a if ::Array === value || (defined?(::Set) && ::Set === value)
        return value unless value.respond_to?(:to_ary)

        delegator?(value) && !own(value, :to_ary) ? unmasked(value) : value.to_ary
      end

      # @return [Object] UNDEFINED where the class of the value has no +as_json+ of its own
      def own_as_json(value)
        method = own(value, :as_json)
        return UNDEFINED if method.nil? || GENERAL.include?(method.owner.name)

        method.arity == 1 ? method.call({}) : method.call
      end

      # What an object is as a text or a number, by its own +as_json+: an amount of money, say.
      # @return [Object] the value itself where that is not of this class
      def own_scalar(value, wanted)
        case value
        when nil, true, false, ::Numeric, ::Array, ::Hash, Refused then return value
        end

        json = own_as_json(value)
        wanted === json ? json : value
      end

      # JSON and ActiveSupport give every object a +to_json+.
      def own_to_json?(value)
        method = own(value, :to_json)
        !method.nil? && !::Object.ancestors.include?(method.owner)
      end

      # A method that the class of the value has. What answers by +method_missing+, or by a method that DelegateClass
      # made, speaks for something that stands behind it, and whose fields the class may be there to hide.
      # @return [Method, nil]
      def own(value, name)
        return unless (::Object === value || delegator?(value)) && value.respond_to?(name)

        method = value.method(name)
        return unless method.owner.method_defined?(name)

        method unless delegator?(value) && method.source_location&.first == ::Delegator.instance_method(:method_missing).source_location.first
      end

      def delegator?(value)
        defined?(::Delegator) && ::Delegator === value
      end

      def unmasked(value)
        message = "#{Issue.kind(value)} passes on what it wraps, of which all would be sent unchanged; " \
                  "give a Hash or an Array, or define as_json in it"
        Refused.new("Invalid input: #{message}", value)
      end

      # ActionController::Parameters, which need not be loaded for this.
      def parameters?(value)
        !own(value, :permitted?).nil? && !own(value, :to_unsafe_h).nil?
      end

      def parameters_members(value)
        return value.to_h if value.permitted?

        Refused.new("Invalid input: nobody permitted these parameters; give params.permit(...) with the fields that are meant", value)
      end

      def parsed(value)
        ::JSON.parse(value.to_json)
      rescue ::JSON::ParserError
        Refused.new("Invalid input: to_json of #{Issue.kind(value)} gives no JSON", value)
      end
    end
  end
end
