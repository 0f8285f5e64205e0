# frozen_string_literal: true

module Signalbox
  # What a record shows of itself where it is a payload: the fields that the contract declares, each an attribute or a
  # method of the model's own. Nothing else of it can get out.
  module RecordFields
    class << self
      # Whether a payload is a record whose class leaves it to Rails what it shows.
      def of?(payload)
        return false unless defined?(::ActiveRecord::Base) && ::ActiveRecord::Base === payload

        %i[as_json serializable_hash].all? { |name| payload.method(name).owner.name.match?(/\AActive(?:Model|Record)::/) }
      end

      # @param record [ActiveRecord::Base]
      # @param fields [Array<String>] as on the wire
      # @return [Hash{String=>Object}] without those that the record does not have
      def pick(record, fields)
        fields.each_with_object({}) do |field, picked|
          reader = Spelling.snake_case(field)
          picked[field] = record.public_send(reader) if reader?(record, reader)
        end
      end

      # What stands for a field that a record does not have, where the contract wants it.
      #
      # @param record [ActiveRecord::Base]
      # @param field [String] as on the wire
      # @return [Wire::Refused]
      def refusal(record, field)
        Wire::Refused.new("Invalid input: #{reason(record, Spelling.snake_case(field))}", record)
      end

      private

      def reason(record, name)
        return "#{name} is a method of every ActiveRecord model, and those are not read" if record.respond_to?(name)

        ruby = ::ActiveRecord::Base.method_defined?(name) || ::ActiveRecord::Base.private_method_defined?(name)
        return "#{name} of #{record.class} is not public" if record.respond_to?(name, true) && !ruby

        "#{record.class} has no public method #{name}"
      end

      # An attribute, or a method of the model's own: never one of ActiveRecord's, such as +destroy+.
      def reader?(record, name)
        record.has_attribute?(name) || (record.respond_to?(name) && !::ActiveRecord::Base.method_defined?(name))
      end
    end
  end
end
