# frozen_string_literal: true

module Signalbox
  module Testing
    # Whether what a test asks for can ever be published, as far as it is plain: texts, numbers, nil, and lists and objects
    # of them. What a pattern, a matcher or a record fits is not known.
    module FieldValues
      class << self
        # Of several events it is enough that one can have them.
        #
        # @param events [Array<Event>] those that have these fields
        # @param payload [Object] {Call::NONE} where none was given
        # @param fields [Hash] parameters of the channel, and fields of the payload
        # @return [void]
        # @raise [ContractViolation] no payload is like that
        def check(events, payload, fields)
          event, issues = events.map { |each| [ each, wrong(each, payload, fields) ] }.min_by { |_, found| found.size }
          raise ContractViolation.new(channel: event.channel.pattern, event: event.name, issues: issues) if issues.any?
        end

        private

        def wrong(event, payload, fields)
          wrong_payload(event, payload) + fields.flat_map { |name, value| plain?(value) ? wrong_field(event, name, value) : [] }
        end

        def plain?(value)
          case value
          when Hash then value.each_value.all? { |member| plain?(member) }
          when Array then value.all? { |item| plain?(item) }
          else FieldNames.plain(value) == value
          end
        end

        # Of what is not plain in all its parts it is the kind that counts.
        def wrong_payload(event, payload)
          given = FieldNames.plain(payload)
          return [] if given.nil? && !payload.nil?

          issues = issues_of(event, event.type.coerce(given))
          plain?(payload) ? certain(issues, payload) : issues.select { |issue| FieldNames.wrong_kind?(issue) }
        end

        # What is a parameter and a field as well may be either.
        def wrong_field(event, name, value)
          coerced = event.type.coerce({ name => value })
          issues = issues_of(event, coerced)
          known = coerced.is_a?(Hash) && coerced.any? && issues.none? { |issue| FieldNames.wrong_kind?(issue) }
          issues = known ? certain(issues, value).select { |issue| coerced.key?(issue.path.first) } : []
          parameter = event.channel.parameters.find { |each| Spelling.snake_case(each.name) == Spelling.snake_case(name) }
          return issues if parameter.nil? || (known && issues.empty?)

          wrong_parameter(parameter, value)
        end

        # A Float is compared as a number, and written as none.
        def wrong_parameter(parameter, value)
          issues = []
          parameter.text(value, issues) unless Numeric === value && !(Integer === value)
          issues
        end

        def issues_of(event, coerced)
          issues = []
          event.type.parse(coerced, issues)
          issues
        end

        # An object need not be whole, so that what is missing in it says nothing, nor that it fits no option of a union.
        def certain(issues, value)
          partial = Hash === value || Array === value
          issues.reject { |issue| issue.missing? || (partial && issue.code == "invalid_union") }
        end
      end
    end
  end
end
