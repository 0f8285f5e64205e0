# frozen_string_literal: true

module Signalbox
  # Names as Ruby has them, and what somebody may have meant.
  module Spelling
    class << self
      # +messagePosted+ and +message.posted+ are +message_posted+ in Ruby; codegen has the same rule.
      #
      # @param name [String, Symbol]
      # @return [String]
      def snake_case(name)
        Wire::Issue.readable(name.to_s)
            .gsub(/([A-Z]+)([A-Z][a-z])/, '\1_\2')
            .gsub(/([a-z\d])([A-Z])/, '\1_\2')
            .gsub(/[^\p{L}\p{N}]+/, "_")
            .downcase
      end

      # @param name [String, Symbol]
      # @param known [Array<String>]
      # @return [String] a sentence that ends an error's message
      def hint(name, known)
        near = near(name, known)
        return "Did you mean #{near.map(&:inspect).join(" or ")}?" unless near.empty?
        return "There is none." if known.empty?

        "There #{known.one? ? "is" : "are"}: #{known.join(", ")}."
      end

      # @param name [String, Symbol]
      # @param known [Array<String>]
      # @return [Array<String>] those that may be meant; none where Ruby's did_you_mean is switched off
      def near(name, known)
        return [] if !defined?(::DidYouMean::SpellChecker) || name.length > MAX_LENGTH

        ::DidYouMean::SpellChecker.new(dictionary: known).correct(Wire::Issue.readable(name.to_s))
      end

      private

      # What is longer is no name, and takes long to compare.
      MAX_LENGTH = 100
      private_constant :MAX_LENGTH
    end
  end
end
