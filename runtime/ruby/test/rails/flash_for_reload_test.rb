# frozen_string_literal: true

require_relative "../support/rails_app"

# What Turbo requests around a sign-in: the form, the page that it redirects to, and that page once more.
class FlashForReloadTest < ActionDispatch::IntegrationTest
  class PagesController < ActionController::Base
    skip_forgery_protection

    def show
      render inline: "<head><%= signalbox_meta_tags %></head><%= raw flash.to_h.to_json %>"
    end

    def untagged
      render inline: "<%= raw flash.to_h.to_json %>"
    end

    def sign_in
      reset_session
      session[:user_id] = params[:id].to_i
      redirect_to "/show", notice: "Hello."
    end

    def sign_out
      reset_session
      redirect_to "/show", notice: "Bye.", status: :see_other
    end

    def comment
      redirect_to "/show", notice: "Thank you."
    end

    def quiet
      reset_session
      session[:user_id] = params[:id].to_i if params[:id]
      redirect_to "/show"
    end

    def refuse
      reset_session
      redirect_to("/show", alert: "No.").then { response.status = 422 }
    end
  end

  TURBO_FORM = { "Accept" => "text/vnd.turbo-stream.html, text/html, application/xhtml+xml" }.freeze
  FULL_LOAD = { "Accept" => "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" }.freeze

  setup do
    Rails.application.routes.draw do
      %i[show untagged].each { |name| get name, to: PagesController.action(name) }
      %i[sign_in sign_out comment quiet refuse].each { |name| post name, to: PagesController.action(name) }
    end
  end

  teardown { Rails.application.routes.clear! }

  # @return [Array<Hash>] the flash as each of the pages shows it
  def submit(path, form, *pages, **params)
    post path, headers: form, params: params
    pages.map do |headers|
      get "/show", headers: headers
      JSON.parse(response.body[/{.*}/])
    end
  end

  test "a sign-in and a sign-out through Turbo show their flash on the page that is loaded" do
    hello, bye = [ { "notice" => "Hello." }, { "notice" => "Bye." } ]
    assert_equal [ hello, hello, {} ], submit("/sign_in", TURBO_FORM, TURBO_FORM, FULL_LOAD, FULL_LOAD, id: 1)
    assert_equal [ hello, hello, {} ], submit("/sign_in", TURBO_FORM, TURBO_FORM, FULL_LOAD, FULL_LOAD, id: 2)
    assert_equal [ bye, bye, {} ], submit("/sign_out", TURBO_FORM, TURBO_FORM, FULL_LOAD, FULL_LOAD)
  end

  test "without Turbo they show it once" do
    assert_equal [ { "notice" => "Hello." }, {} ], submit("/sign_in", FULL_LOAD, FULL_LOAD, FULL_LOAD, id: 1)
    assert_equal [ { "notice" => "Bye." }, {} ], submit("/sign_out", FULL_LOAD, FULL_LOAD, FULL_LOAD)
  end

  test "other forms show theirs once, whoever is signed in" do
    thanks = [ { "notice" => "Thank you." }, {} ]
    assert_equal thanks, submit("/comment", TURBO_FORM, TURBO_FORM, TURBO_FORM)
    submit("/sign_in", FULL_LOAD, FULL_LOAD, id: 1)
    assert_equal thanks, submit("/comment", TURBO_FORM, TURBO_FORM, TURBO_FORM)
    assert_equal [ { "notice" => "Hello." }, {} ], submit("/sign_in", TURBO_FORM, TURBO_FORM, TURBO_FORM, id: 1)
  end

  test "after a page without the tags, the flash of the next form is shown once" do
    post "/sign_in", headers: TURBO_FORM, params: { id: 1 }
    get "/untagged", headers: TURBO_FORM
    assert_includes response.body, "Hello."
    assert_equal [ { "notice" => "Thank you." }, {} ], submit("/comment", TURBO_FORM, TURBO_FORM, TURBO_FORM)
  end

  test "an answer that redirects nowhere has its flash on the next page only" do
    submit("/sign_in", FULL_LOAD, FULL_LOAD, id: 1)
    assert_equal [ { "alert" => "No." }, {} ], submit("/refuse", TURBO_FORM, FULL_LOAD, FULL_LOAD)
  end

  test "without a flash nothing is left in the session" do
    submit("/quiet", TURBO_FORM, id: 1)
    assert_equal %w[session_id user_id], request.session.to_hash.keys.sort
    submit("/quiet", TURBO_FORM)
    assert_equal %w[session_id], request.session.to_hash.keys
  end
end
