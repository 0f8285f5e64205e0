# frozen_string_literal: true

module Signalbox
  # Tells of forks, so that nobody has to ask the system for the process's id each time.
  module Fork
    @callbacks = []

    class << self
      # @yield in each new process, before the code that follows the fork
      def after(&block)
        @callbacks << block
      end

      # @api private
      def run
        @callbacks.each(&:call)
      end
    end

    # Process._fork is there to be overridden: https://docs.ruby-lang.org/en/3.1/Process.html#method-c-_fork
    module Hook
      def _fork
        super.tap { |process| Fork.run if process.zero? }
      end
    end
    private_constant :Hook

    ::Process.singleton_class.prepend(Hook)
  end
end
