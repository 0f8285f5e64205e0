# frozen_string_literal: true

# The Ruby side of signalbox that is the same for every contract: configuration, transports, errors and test helpers.
# The generated `Events` module publishes through it. Require it once, from an initializer; it must not be autoloaded,
# as it holds the connection. Nothing is connected, read or started until the first publish.
module Signalbox
  # Loads ActiveJob's base class with it, whether a publish asks for it or a worker.
  autoload :PublishJob, File.join(__dir__, "signalbox/rails/publish_job")
  # For tests: loaded where they are asked for.
  autoload :SystemTestHelper, File.join(__dir__, "signalbox/testing/system_test_helper")
  autoload :TestHelper, File.join(__dir__, "signalbox/testing/test_helper")
  autoload :RSpecMatchers, File.join(__dir__, "signalbox/testing/rspec_matchers")
  autoload :Testing, File.join(__dir__, "signalbox/testing/expectation")
end

require_relative "signalbox/wire"
require_relative "signalbox/spelling"
require_relative "signalbox/errors"
require_relative "signalbox/environment"
require_relative "signalbox/development_gateway"
require_relative "signalbox/arity"
require_relative "signalbox/configuration"
require_relative "signalbox/configuration_check"
require_relative "signalbox/report"
require_relative "signalbox/message"
require_relative "signalbox/fork"
require_relative "signalbox/message_id"
require_relative "signalbox/parameter"
require_relative "signalbox/channel"
require_relative "signalbox/misnamed"
require_relative "signalbox/record_fields"
require_relative "signalbox/event"
require_relative "signalbox/options"
require_relative "signalbox/connection_pools"
require_relative "signalbox/transaction"
require_relative "signalbox/delivery"
require_relative "signalbox/batch"
require_relative "signalbox/publication"
require_relative "signalbox/contract"
require_relative "signalbox/call"
require_relative "signalbox/publishing"
require_relative "signalbox/transports"
require_relative "signalbox/rails" if defined?(Rails)
