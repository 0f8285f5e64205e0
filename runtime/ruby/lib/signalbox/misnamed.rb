# frozen_string_literal: true

module Signalbox
  # What was given and the contract does not have, where something is missing: it may have been meant.
  module Misnamed
    # Longest part of a name that is shown, in characters.
    MAX_NAME = 40
    # How many names are told of in a warning.
    MAX_HINTS = 5
    private_constant :MAX_NAME, :MAX_HINTS

    class << self
      # @param payload [Object] as it was given
      # @param coerced [Object] the same by the names of the wire, without what the contract does not have
      # @param issues [Array<Wire::Issue>]
      # @param fields [Array<String>, nil] what the payload itself declares; nil where it declares none
      # @return [Array<String>] paths: for each object, those first that are nearest to what is missing
      def paths(payload, coerced, issues, fields)
        missing = issues.select { |issue| issue.missing? || untagged?(issue, coerced) }
        missing.group_by { |issue| issue.path[0...-1] }.flat_map do |path, found|
          known = path.empty? && fields ? fields : keys(at(coerced, path))
          names = names(at(payload, path), known, found.map { |issue| issue.path.last.to_s }, found.all?(&:missing?))
          names.map { |name| path.empty? ? name : "#{Wire::Issue.path_text(path)}.#{name}" }
        end
      end

      # @param coerced [Hash] by the names of the wire
      # @return [Array<String>] those names, and Ruby's for them
      def known(coerced)
        coerced.keys.flat_map { |name| [ name, Spelling.snake_case(name) ] }
      end

      # Of a payload that is valid: a sentence for each name that the contract does not have and that is near to a field
      # which was not given. Only of the payload itself, because nothing says which fields an object in it declares.
      #
      # @param members [Hash] what the payload has
      # @param coerced [Hash] the same by the names of the wire, without what the contract does not have
      # @param fields [Array<String>] what it declares
      # @return [Array<String>] never with a value
      def hints(members, coerced, fields)
        absent = fields - coerced.keys
        return [] if absent.empty?

        unknown = members.keys.map { |key| Wire::Issue.readable(key.to_s) } - known(coerced)
        misspelt = unknown.lazy.reject { |name| Spelling.near(name, absent).empty? }.first(MAX_HINTS)
        misspelt.map { |name| "#{name[0, MAX_NAME].inspect} is no field of this event and was left out. #{Spelling.hint(name, absent)}" }
      end

      private

      # Whether a union's tag is not there: then nothing tells which fields the contract has.
      def untagged?(issue, coerced)
        return false unless issue.code == "invalid_union" && !issue.path.empty?

        holder = at(coerced, issue.path[0...-1])
        holder.is_a?(Hash) && !holder.key?(issue.path.last)
      end

      def names(holder, known, missing, sure)
        near, far = keys(holder).partition { |key| missing.any? { |name| near?(key, name) } }
        near.reject! { |key| includes?(known, key) && !includes?(missing, key) } if sure
        # Those of a record are not all meant.
        far = sure && Wire.named_values?(holder) ? far.reject { |key| includes?(known, key) } : []
        (near + far).map { |key| Wire::Issue.readable(key)[0, MAX_NAME] }
      end

      # What is there in a value that has any spelling of these names.
      def at(value, path)
        path.reduce(value) do |holder, step|
          next Wire.list(holder)[step] if step.is_a?(Integer) && Wire.list(holder).is_a?(Array)

          members = Wire.members(holder)
          return nil unless members.is_a?(Hash)

          members.find { |key, _| Wire.key(key) == step || letters(key) == letters(step) }&.last
        end
      end

      def keys(holder)
        members = Wire.members(holder)
        members.is_a?(Hash) ? members.keys.map(&:to_s) : []
      end

      def includes?(names, key)
        names.any? { |name| letters(name) == letters(key) }
      end

      def near?(key, name)
        letters(key) == letters(name) || !Spelling.near(key, [ name ]).empty?
      end

      def letters(name)
        Wire::Issue.readable(name.to_s).delete("_-").downcase
      end
    end
  end
end
