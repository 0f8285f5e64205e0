# frozen_string_literal: true

module Signalbox
  module Testing
    # Which names of fields a payload has, as the contract's own code for it tells: it knows all spellings, and where other
    # keys are let through.
    module FieldNames
      class << self
        # Of several events it is enough that one has all these fields.
        #
        # @param events [Array<Event>]
        # @param fields [Hash] parameters of the channel, and fields of the payload
        # @return [Array<Event>] those that have them
        # @raise [UnknownField] none of the events has them
        def check(events, fields)
          unknown = events.to_h { |event| [ event, missing(event, fields) ] }
          having = events.select { |event| unknown[event].empty? }
          return having if having.any?

          event, paths = unknown.min_by { |_, names| names.size }
          path = paths.first
          hint = " #{Spelling.hint(path.first, known(event))}" if path.one? && event.fields
          raise UnknownField, "#{event.channel.name} #{event.name} has no field #{path.join(".").inspect}.#{hint}"
        end

        # @param event [Event]
        # @param fields [Hash] as a test names them, with values that may be patterns and so on
        # @return [Array<Array<String, Integer>>] paths of those that no payload of the event has
        def unknown(event, fields)
          given = event.type.coerce(plain(fields))
          return [] unless given.is_a?(Hash)

          issues = []
          event.type.parse(given, issues)
          # A list, say, which has no fields at all.
          return fields.keys.map { |name| [ name.to_s ] } if issues.any? { |issue| wrong_kind?(issue) }

          dropped(fields, given) + refused(given, issues)
        end

        # The same keys, with values that JSON has, so that the right option of a union is taken.
        #
        # @param value [Object] as a test gives it, with patterns and so on
        # @return [Object]
        def plain(value)
          case value
          when Hash then value.transform_values { |member| plain(member) }
          when Array then value.map { |item| plain(item) }
          when String, Symbol, Numeric, true, false then value
          end
        end

        # Whether the payload as a whole is of another kind than the contract's.
        #
        # @param issue [Wire::Issue]
        # @return [Boolean]
        def wrong_kind?(issue)
          issue.path.empty? && issue.code == "invalid_type"
        end

        private

        def missing(event, fields)
          names = known(event)
          unknown(event, fields).reject { |path| path.one? && names.include?(Spelling.snake_case(path.first)) }
        end

        def known(event)
          [ *event.fields, *event.channel.parameters.map(&:name) ].map { |name| Spelling.snake_case(name) }
        end

        # Keys that an object leaves out.
        def dropped(asked, given, path = [])
          case [ asked, given ]
          in [ Hash, Hash ]
            asked.flat_map do |name, member|
              key = given.keys.find { |candidate| Spelling.snake_case(candidate) == Spelling.snake_case(name) }
              key ? dropped(member, given[key], [ *path, name.to_s ]) : [ [ *path, name.to_s ] ]
            end
          in [ Array, Array ]
            asked.zip(given).each_with_index.flat_map { |(item, other), index| dropped(item, other, [ *path, index ]) }
          else []
          end
        end

        # Keys that a strict object keeps and its check refuses.
        def refused(given, issues)
          issues.select { |issue| issue.code == "unrecognized_keys" }.flat_map do |issue|
            object = issue.path.empty? ? given : given.dig(*issue.path)
            object.keys.select { |key| issue.message.include?(key.to_s.inspect) }.map { |key| [ *issue.path, key.to_s ] }
          end
        end
      end
    end
  end
end
