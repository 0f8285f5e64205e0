# frozen_string_literal: true

require "active_support/parameter_filter"

module Signalbox
  # The application's +config.filter_parameters+ for what errors show. Asked only where something is wrong.
  module ParameterFilter
    # What Rails calls a body of JSON that is no object, and so the name of a payload without one.
    ROOT = "_json"
    private_constant :ROOT

    @made = nil

    class << self
      # @param path [Array<String, Integer>] in a payload, by the names of the wire
      # @param text [String] what is there
      # @return [Boolean] whether the application has it filtered, under those names or as Ruby spells them
      def hides?(path, text)
        filter = current
        return false if filter.nil?

        names = path.grep(String)
        names = [ ROOT ] if names.empty?
        [ names, names.map { |name| Spelling.snake_case(name) } ].uniq.any? { |keys| filtered?(filter, keys, text) }
      end

      private

      # Made once, and again where the list is another: initializers add to it, and so do models with encrypted attributes.
      #
      # @return [ActiveSupport::ParameterFilter, nil] nil where nothing is filtered
      def current
        filters = ::Rails.application&.config&.filter_parameters
        return if filters.nil? || filters.empty?

        made = @made
        return made.last if made && made.first == filters

        copy = filters.dup.freeze
        @made = [ copy, ::ActiveSupport::ParameterFilter.new(copy) ].freeze
        @made.last
      end

      # A lambda changes the text in place. One that fails has not said that the value may be shown.
      def filtered?(filter, keys, text)
        filter.filter(nested(keys, text.dup)) != nested(keys, text)
      rescue StandardError
        true
      end

      def nested(keys, text)
        keys.reverse.reduce(text) { |inner, key| { key => inner } }
      end
    end
  end
end
