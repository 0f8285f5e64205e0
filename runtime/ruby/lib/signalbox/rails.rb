# frozen_string_literal: true

# What Rails' frameworks get from us, each when it is loaded.
if defined?(ActiveSupport) && ActiveSupport.respond_to?(:on_load)
  require_relative "rails/page_user"

  ActiveSupport.on_load(:action_view) do
    require_relative "rails/meta_tags"
    include Signalbox::MetaTags
  end

  ActiveSupport.on_load(:action_controller_base) do
    require_relative "rails/flash_for_reload"
    include Signalbox::FlashForReload
    # As Rails does with the flash: what the browser keeps of a page is that page only for the same user.
    etag { Signalbox::PageUser.digest(request) }
  end

  ActiveSupport.on_load(:active_record) do
    require_relative "rails/broadcasts"
    extend Signalbox::Broadcasts
  end

  require_relative "rails/page_gateway"
  require_relative "rails/parameter_filter"
  Signalbox::Wire::Issue.filter = Signalbox::ParameterFilter

  require_relative "rails/log_subscriber"
  Signalbox::LogSubscriber.attach_to :signalbox
end
