# frozen_string_literal: true

module Signalbox
  # What +with(…)+ takes. Apart from the fields of events, so that a contract may have fields of any name.
  class Options
    # All that {#initialize} takes, for whoever gives one in the place of a field.
    NAMES = %w[commit later].freeze
    # Settings of ActiveJob that +later:+ passes on.
    JOB_SETTINGS = %i[wait wait_until queue priority].freeze

    # @return [Symbol] +:after+ (the database transaction that is open, the default) or +:now+
    attr_reader :commit
    # @return [Hash, nil] settings of the job that publishes; nil: this thread does
    attr_reader :later

    # @param commit [Symbol]
    # @param later [Boolean, Hash]
    # @raise [ArgumentError]
    def initialize(commit: :after, later: false)
      raise ArgumentError, "commit: is :after or :now, not #{commit.inspect}" unless %i[after now].include?(commit)

      @commit = commit
      @later = job_settings(later)
      freeze
    end

    # @return [Options] these, changed by others
    def merge(**changes)
      self.class.new(commit: commit, later: later || false, **changes)
    end

    private

    def job_settings(later)
      return nil unless later
      return {} if later == true
      raise ArgumentError, "later: is true or a Hash of #{JOB_SETTINGS.join(", ")}, not #{later.inspect}" unless later.is_a?(Hash)

      unknown = later.keys - JOB_SETTINGS
      return later.dup.freeze if unknown.empty?

      raise ArgumentError, "later: takes #{JOB_SETTINGS.join(", ")}, not #{unknown.join(", ")}"
    end

    DEFAULT = new
  end
end
