require_relative "boot"

require "rails"
require "active_record/railtie"
require "active_job/railtie"
require "action_controller/railtie"
require "action_view/railtie"
require "rails/test_unit/railtie"

Bundler.require(*Rails.groups)

module Example
  class Application < Rails::Application
    # What codegen makes of this repository's contract. An app of its own has these files inside itself.
    GENERATED = Pathname.new(__dir__).join("../../../generated").cleanpath

    config.load_defaults Rails::VERSION::STRING.to_f # its tests run on Rails 7.0 to 8.1
    config.filter_parameters += %i[token secret]
    config.log_level = ENV.fetch("LOG_LEVEL", "info")

    config.eager_load_paths << GENERATED.join("ruby").to_s
    config.assets.paths << GENERATED.join("client")
    config.importmap.cache_sweepers << GENERATED.join("client")

    # The gateway reads this cookie: it needs the same SESSION_KEY and SECRET_KEY_BASE.
    config.session_store :cookie_store, key: ENV.fetch("SESSION_KEY", "_example_session"), same_site: :lax
  end
end
