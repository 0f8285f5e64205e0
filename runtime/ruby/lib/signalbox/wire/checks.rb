# frozen_string_literal: true

module Signalbox
  module Wire
    # Reporting. All of it runs only where something is wrong, so it is written for exactness.
    class << self
      # @return [Object] the value, so that a check can end with it
      def invalid_type(issues, value, expected)
        refuse(issues, value, "invalid_type", "Invalid input: expected #{expected}, received #{type_name(value)}")
      end

      # No string, or one that JSON cannot carry: broken, or in an encoding of its own.
      def invalid_text(issues, value)
        return invalid_type(issues, value, "string") unless ::String === value

        encoding = value.encoding
        fault = encoding == ::Encoding::UTF_8 ? "that is not valid UTF-8" : "in #{encoding}, not UTF-8: call encode or force_encoding"
        refuse(issues, value, "invalid_type", "Invalid input: expected string, received a String #{fault}")
      end

      def boolean(issues, value)
        true.equal?(value) || false.equal?(value) ? value : invalid_type(issues, value, "boolean")
      end

      def null(issues, value)
        value.nil? ? value : invalid_type(issues, value, "null")
      end

      def never(issues, value)
        invalid_type(issues, value, "never")
      end

      # A key that must be there, although its type would take JavaScript's +undefined+.
      def nonoptional(issues, key)
        refuse(issues, UNDEFINED, "invalid_type", "Invalid input: expected nonoptional, received undefined", [ key ])
      end

      # A fault after which zod's later checks of the same value still run.
      def report(issues, value, code, message)
        issues << Issue.new(code, message, value, true)
        value
      end

      # A fault after which no later check runs.
      def stop(issues, value, code, message)
        issues << Issue.new(code, message, value, false)
        value
      end

      # A fault after which only length checks run.
      def refuse(issues, value, code, message, path = [])
        code, message = value.code, value.message if Refused === value
        issues << Issue.new(code, message, value, nil, path)
        value
      end

      # Runs a block and says of all the issues that it found that they are under this key.
      def under(issues, key)
        before = issues.size
        result = yield
        prefix(issues, before, key)
        result
      end

      def prefix(issues, from, key)
        from.upto(issues.size - 1) { |index| issues[index] = issues[index].under(key) }
      end

      # Whether an issue stands in the way of a length check on the value that holds it.
      def stopped?(issues, from)
        from.upto(issues.size - 1).any? { |index| issues[index].continue == false }
      end

      # @param names [Hash{String => true}]
      # @return [Array<String>] keys that are not among the names, in JavaScript's order
      def unknown_keys(hash, names)
        key_order(hash.keys.reject { |key| names.key?(key) }.map(&:to_s))
      end

      def unrecognized_keys(issues, value, keys)
        plural = "s" if keys.size > 1
        report(issues, value, "unrecognized_keys", "Unrecognized key#{plural}: #{keys.map { |key| "\"#{key}\"" }.join(", ")}")
      end

      # What zod says of a union that no option took.
      # @param results [Array(Object, Array<Issue>)] of each option, in order
      def invalid_union(issues, value, results)
        open = results.reject { |result, found| ABORTED.equal?(result) || found.any? { |issue| issue.continue != true } }
        if open.size == 1
          issues.concat(open.first.last)
        else
          issues << Issue.new("invalid_union", "Invalid input", value, nil)
        end
        value
      end

      # zod runs length checks even on a value of another type, if that has a length of its own.
      def misplaced_minimum(issues, value, minimum)
        length = length_of(value)
        return if UNDEFINED.equal?(length)
        return if to_number(length) >= minimum

        report(issues, value, "too_small", length_message("small", value, ">=", minimum))
      end

      def misplaced_maximum(issues, value, maximum)
        length = length_of(value)
        return if UNDEFINED.equal?(length)
        return if to_number(length) <= maximum

        report(issues, value, "too_big", length_message("big", value, "<=", maximum))
      end

      def misplaced_length(issues, value, exact)
        length = length_of(value)
        return if UNDEFINED.equal?(length)
        return if (::Integer === length || ::Float === length) && length == exact

        size = to_number(length) > exact ? "big" : "small"
        report(issues, value, "too_#{size}", length_message(size, value, "exactly ", exact))
      end

      private

      def length_message(size, value, comparison, bound)
        case value
        when ::String then "Too #{size}: expected string to have #{comparison}#{bound} characters"
        when ::Array then "Too #{size}: expected array to have #{comparison}#{bound} items"
        else "Too #{size}: expected unknown to be #{comparison}#{bound}"
        end
      end
    end
  end
end
