# frozen_string_literal: true

module Signalbox
  module Testing
    # Whether what was published is what a test expects. Ranges, patterns, classes and matchers ask with ===; everything
    # else is compared as the wire has it.
    module Comparison
      class << self
        # @param expected [Object] of a Hash its members count, among others
        # @param actual [Object] as the wire has it
        # @return [Boolean]
        def same?(expected, actual)
          case expected
          when Hash
            actual.is_a?(Hash) && expected.all? { |name, value| member?(Spelling.snake_case(name), value, actual) }
          when Array
            actual.is_a?(Array) && actual.size == expected.size && expected.zip(actual).all? { |e, a| same?(e, a) }
          else
            expected === actual || (!matcher?(expected) && Wire.plain(expected) == actual)
          end
        end

        # @param name [String] in snake_case
        # @param expected [Object]
        # @param actual [Object] as the wire has it
        # @return [Boolean] whether it is an object that has such a member
        def member?(name, expected, actual)
          return false unless actual.is_a?(Hash)

          key = actual.keys.find { |candidate| Spelling.snake_case(candidate) == name }
          !key.nil? && same?(expected, actual[key])
        end

        # @param parameter [Parameter]
        # @param expected [Object] also what a publish takes: a record, an Integer for a text, a text for an Integer
        # @param text [String] as it stands in the channel's name
        # @return [Boolean]
        def parameter?(parameter, expected, text)
          return true if expected === (textual?(expected) ? text : parameter.wire(text))

          !matcher?(expected) && parameter.text(expected, []) == text
        end

        # @param expected [Object]
        # @return [Boolean] whether it is a matcher, as RSpec itself knows them, those of arguments (+instance_of+,
        #   +hash_including+) included; its methods may be none of an Object's
        def matcher?(expected)
          return true if expected.respond_to?(:matches?) && expected.respond_to?(:failure_message)

          defined?(::RSpec::Support) && ::RSpec::Support.respond_to?(:is_a_matcher?) && ::RSpec::Support.is_a_matcher?(expected) ? true : false
        end

        private

        # Texts and patterns ask for the text, and so do matchers that were made of one. Others get the value only: asked for
        # both, a negated matcher would take everything.
        def textual?(expected)
          source = expected.respond_to?(:expected) ? expected.expected : expected
          source = source.first if source.is_a?(Array)
          source.is_a?(String) || source.is_a?(Regexp)
        end
      end
    end
  end
end
