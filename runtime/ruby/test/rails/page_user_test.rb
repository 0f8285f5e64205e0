# frozen_string_literal: true

require_relative "../support/rails_app"

# The tag by which Turbo sees that a page is another user's, in pages as Rails makes them.
class PageUserTest < ActionDispatch::IntegrationTest
  class PagesController < ActionController::Base
    skip_forgery_protection

    def show
      render inline: "<html><head><%= signalbox_meta_tags %></head></html>"
    end

    def other
      session[:last_seen_room_id] = SecureRandom.random_number(1000)
      session[:cart_id] = SecureRandom.random_number(1000)
      session["warden.user.user.session"] = { last_request_at: SecureRandom.random_number(1000) }
      show
    end

    def failed
      render inline: "<html><head><%= signalbox_meta_tags %></head></html>", status: params[:status].to_i
    end

    def streamed
      render inline: "<html><head><%= signalbox_meta_tags %></head></html>", stream: true
    end

    def kept
      show if stale?(etag: "the same")
    end

    # As a sign-in does, whatever it writes.
    def sign_in
      reset_session
      JSON.parse(params[:session] || "{}").each { |key, value| session[key] = value }
      cookies.signed[:session_id] = params[:session_id] if params[:session_id]
      head :no_content
    end

    def sign_out
      reset_session
      cookies.delete(:session_id)
      head :no_content
    end
  end

  # Each of them as one user and as another.
  SIGN_INS = {
    "a session key" => [ { session: { user_id: 1 } }, { session: { user_id: 2 } } ],
    "a session key with a UUID" => [ { session: { user_id: SecureRandom.uuid } }, { session: { user_id: SecureRandom.uuid } } ],
    "the same id of another model" => [ { session: { user_id: 1 } }, { session: { admin_id: 1 } } ],
    "Devise" => [ { session: { "warden.user.user.key" => [ [ 1 ], "$2a$12$abc" ] } }, { session: { "warden.user.user.key" => [ [ 2 ], "$2a$12$abc" ] } } ],
    "Devise with another password" => [ { session: { "warden.user.user.key" => [ [ 1 ], "$2a$12$abc" ] } }, { session: { "warden.user.user.key" => [ [ 1 ], "$2a$12$def" ] } } ],
    "a scope of Devise" => [ { session: { "warden.user.admin.key" => [ [ 1 ], "$2a$12$abc" ] } }, { session: { "warden.user.user.key" => [ [ 1 ], "$2a$12$abc" ] } } ],
    "two scopes of Devise" => [ { session: { "warden.user.admin.key" => [ [ 1 ], nil ], "warden.user.user.key" => [ [ 1 ], nil ] } }, { session: { "warden.user.user.key" => [ [ 1 ], nil ] } } ],
    "impersonation" => [ { session: { user_id: 1, impersonated_user_id: 2 } }, { session: { user_id: 1 } } ],
    "the authentication of Rails 8" => [ { session_id: 1 }, { session_id: 2 } ]
  }.freeze

  setup do
    Rails.application.routes.draw do
      match "failed", to: PagesController.action(:failed), via: :all
      %i[show other kept].each { |name| get name, to: PagesController.action(name) }
      %i[sign_in sign_out].each { |name| post name, to: PagesController.action(name) }
    end
  end

  teardown do
    Rails.application.routes.clear!
    Signalbox.configure { |c| c.page_user = nil }
  end

  def sign_in(session: nil, **others)
    post "/sign_in", params: { session: session&.to_json, **others }.compact
  end

  def user(page = "/show")
    get page
    assert_response :success
    user_tag&.[]("content")
  end

  def user_tag
    Nokogiri::HTML5(response.body).at_css("head > meta[name=signalbox-user]")
  end

  def request_of(session)
    ActionDispatch::TestRequest.create(Rails.application.env_config.merge("rack.session" => ActionController::TestSession.new(session)))
  end

  # @yieldparam pages [#call] without any middleware
  # @yieldreturn [#call] with some
  def in_stack
    stack = yield ->(env) { PagesController.action(env["PATH_INFO"].delete("/")).call(env) }
    @integration_session = ActionDispatch::Integration::Session.new(->(env) { stack.call(env.merge(Rails.application.env_config)) })
  end

  SIGN_INS.each do |name, (one, other)|
    test "it differs where #{name} does, and is on all pages the same" do
      sign_in(**one)
      first = user
      assert_match(/\A\h{32}\z/, first)
      assert_equal [ first ] * 3, [ user, user("/other"), user("/show") ]
      assert_equal "reload", user_tag["data-turbo-track"]

      sign_in(**other)
      second = user
      assert_match(/\A\h{32}\z/, second)
      refute_equal first, second

      post "/sign_out"
      assert_nil user
      sign_in(**one)
      assert_equal first, user
    end
  end

  # It compares other answers to a form with the page that the form is on.
  test "an error page that Turbo shows without comparing is nobody's and everybody's" do
    failed = lambda do |method, status, **options|
      process(method, "/failed", params: { status: status }, **options)
      assert_response status
      user_tag&.[]("content")
    end
    errors = lambda do
      { get: [ 401, 403, 404, 410, 500, 503 ], post: [ 500, 503 ] }.flat_map { |method, list| list.map { |status| failed.(method, status) } }
    end
    others = -> { [ failed.(:get, 422), *[ 401, 403, 404, 410, 422 ].map { |status| failed.(:post, status) } ] }
    assert_equal [ "error" ], errors.().uniq
    assert_equal [ nil ], others.().uniq

    sign_in(session: { user_id: 1 })
    assert_equal [ "error" ], errors.().uniq
    assert_equal [ user ], others.().uniq
    # As Rails asks for the page of an exception that a form has met.
    assert_equal user, failed.(:get, 404, env: { "action_dispatch.original_request_method" => "POST" })
  end

  test "nobody has none, and gets no session" do
    assert_nil user
    assert_nil response.headers["Set-Cookie"]
    sign_in(session: { cart_id: 1, room_id: 2, user_id: nil, "warden.user.key" => 1, "warden.user.user.session" => {} })
    assert_nil user
  end

  test "a key without a value is nobody's, also in a controller test" do
    assert_nil Signalbox::PageUser.digest(request_of(user_id: nil))
    assert_match(/\A\h{32}\z/, Signalbox::PageUser.digest(request_of(user_id: 1)))
  end

  test "a cookie that only looks like that of Rails 8 is nobody's" do
    cookies[:session_id] = "1"
    assert_nil user
  end

  test "it says nothing of the user to whoever has not the application's secret" do
    sign_in(session: { user_id: 1 })
    shown = user
    other = ActiveSupport::CachingKeyGenerator.new(ActiveSupport::KeyGenerator.new("1" * 64, iterations: 1000))
    Rails.application.define_singleton_method(:key_generator) { |*| other }
    request = request_of(user_id: 1)
    assert_match(/\A\h{32}\z/, Signalbox::PageUser.digest(request))
    refute_equal shown, Signalbox::PageUser.digest(request)
    Rails.application.singleton_class.remove_method(:key_generator)
    assert_equal shown, Signalbox::PageUser.digest(request)
  ensure
    Rails.application.singleton_class.remove_method(:key_generator) if Rails.application.singleton_methods(false).include?(:key_generator)
  end

  test "sessions that are elsewhere than in the cookie are read, and none is started" do
    store = ActiveSupport::Cache::MemoryStore.new
    in_stack { |pages| ActionDispatch::Cookies.new(ActionDispatch::Session::CacheStore.new(pages, cache: store, key: "_elsewhere")) }
    assert_nil user
    assert_nil response.headers["Set-Cookie"]
    assert_empty store.instance_variable_get(:@data)

    sign_in(session: { user_id: 1 })
    assert_match(/\A\h{32}\z/, user)
    assert_equal user, user("/other")
  end

  # Rack's own ETag asks more of a body than Rails' streams can answer, so without the middleware.
  test "a page that is streamed has the same" do
    request = request_of(user_id: 1)
    _status, _headers, body = PagesController.action(:streamed).call(request.env)
    assert_includes body.enum_for(:each).to_a.join, %(content="#{Signalbox::PageUser.digest(request)}" data-turbo-track="reload")
  end

  test "without sessions there is none" do
    in_stack { |pages| pages }
    assert_nil user
  end

  test "without a request there is none" do
    assert_nil ActionController::Base.new.view_context.signalbox_meta_tags[/signalbox-user/]
    assert_nil ActionController::Base.render(inline: "<%= signalbox_meta_tags %>")[/signalbox-user/]
  end

  test "a view that is rendered with a request alone has one" do
    view = ActionController::Base.new.tap { |controller| controller.set_request!(request_of(user_id: 1)) }.view_context
    assert_match(/ name="signalbox-user" content="\h{32}"/, view.signalbox_meta_tags)
    view.assign_controller(nil)
    assert_match(/ name="signalbox-user" content="\h{32}"/, view.signalbox_meta_tags)
  end

  test "what the browser keeps of a page is not taken for another user's" do
    get "/kept"
    anonymous = response.headers.fetch("ETag")
    sign_in(session: { user_id: 1 })
    get "/kept", headers: { "If-None-Match" => anonymous }
    assert_response :success
    get "/kept", headers: { "If-None-Match" => response.headers.fetch("ETag") }
    assert_response :not_modified
    post "/sign_out"
    get "/kept", headers: { "If-None-Match" => anonymous }
    assert_response :not_modified
  end

  test "page_user says it instead" do
    Signalbox.configure { |c| c.page_user = ->(request) { request.session[:login] } }
    sign_in(session: { user_id: 1 })
    assert_nil user
    tags = [ "ann", 1, [ 1, "ann" ], [ nil, "ann" ], [ "ann", nil ] ].map do |login|
      sign_in(session: { login: login })
      user
    end
    assert_equal tags.uniq, tags.grep(/\A\h{32}\z/)
  end

  test "page_user may give a record, and nobody in many ways" do
    ann, bob = %w[Ann Bob].map { |name| Room.create!(name: name) }
    digest = lambda do |user|
      Signalbox.configure { |c| c.page_user = ->(_request) { user } }
      user()
    end
    assert_equal digest.(ann), digest.(Room.find(ann.id))
    shown = [ ann, bob, Account.create!(id: ann.id), ann.id, [ ann ], "\xff".b ].map(&digest)
    assert_equal shown.uniq, shown.grep(/\A\h{32}\z/)
    assert_equal [ nil ] * 6, [ nil, false, "", [], [ nil, nil ], Room.new ].map(&digest)
  end

  test "page_user may not give what is another on each page" do
    Signalbox.configure { |c| c.page_user = ->(_request) { Object.new } }
    error = assert_raises(Signalbox::ConfigurationError) { Signalbox::PageUser.digest(ActionDispatch::TestRequest.create) }
    assert_equal "Signalbox: `c.page_user` must give an id, a record, an Array of those, or nil for nobody, but gave a value of class Object", error.message
  end
end
