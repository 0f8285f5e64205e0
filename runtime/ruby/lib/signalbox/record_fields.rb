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

      private

      # An attribute, or a method of the model's own: never one of ActiveRecord's, such as +destroy+.
      def reader?(record, name)
        record.has_attribute?(name) || (record.respond_to?(name) && !::ActiveRecord::Base.method_defined?(name))
      end
    end
  end
end
