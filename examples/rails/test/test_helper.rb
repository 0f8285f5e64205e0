ENV["RAILS_ENV"] ||= "test"
require_relative "../config/environment"
require "rails/test_help"

class ActiveSupport::TestCase
  include Signalbox::TestHelper
end

class ActionDispatch::IntegrationTest
  def sign_in(name)
    post session_path, params: { name: name }
    User.find_by!(name: name)
  end
end
