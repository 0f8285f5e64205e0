# frozen_string_literal: true

module Signalbox
  # What this process runs in. Rails is asked where it is there, at the time of the question.
  module Environment
    class << self
      # @return [String, nil] nil also where it is empty, as `NAME=` of a copied .env leaves it
      def variable(name)
        value = ENV[name].to_s.strip
        value unless value.empty?
      end

      # @return [String] +development+, +test+, +production+ …
      def name
        return ::Rails.env.to_s if rails?

        ENV["RAILS_ENV"] || ENV["RACK_ENV"] || "development"
      end

      # Whether whoever writes the code reads the log.
      #
      # @return [Boolean]
      def local?
        %w[development test].include?(name)
      end

      # @return [Boolean]
      def rails?
        defined?(::Rails) && ::Rails.respond_to?(:env) ? true : false
      end

      # @return [Logger, nil]
      def rails_logger
        ::Rails.logger if defined?(::Rails) && ::Rails.respond_to?(:logger)
      end

      # @return [String] the application's folder
      def root
        (rails? && ::Rails.root ? ::Rails.root : Dir.pwd).to_s
      end

      # Only Rails' own production reports instead of raising: elsewhere nobody would see the report.
      #
      # @return [Boolean]
      def report_violations?
        case Signalbox.configuration.violations
        when :raise then false
        when :report then true
        else rails? && name == "production"
        end
      end
    end
  end
end
