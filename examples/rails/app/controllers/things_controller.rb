class ThingsController < ApplicationController
  def show
    @contents = Rails.cache.read("thing")
  end

  def update
    contents = params[:contents].to_s
    Rails.cache.write("thing", contents)

    Events.publish "thing", { user_id: current_user.id, contents: contents }
    respond_ok
  end
end
