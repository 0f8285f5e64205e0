# frozen_string_literal: true

module Signalbox
  # How many arguments something takes that is called later.
  module Arity
    class << self
      # @param callable [Proc, Method, #call]
      # @param count [Integer]
      # @return [Boolean] whether it can be called with so many arguments and has a place for each
      def takes?(callable, count)
        callable = callable.method(:call) unless callable.is_a?(Proc) || callable.is_a?(Method)
        kinds = callable.parameters.map(&:first)
        required = kinds.count(:req)
        return false if required > count || kinds.include?(:keyreq)

        kinds.include?(:rest) || required + kinds.count(:opt) >= count
      end
    end
  end
end
