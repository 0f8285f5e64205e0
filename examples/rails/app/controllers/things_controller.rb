class ThingsController < ApplicationController
  def show
    @thing = Thing.the_one
  end

  def update
    Thing.transaction do
      thing = Thing.the_one
      thing.update!(contents: params[:contents].to_s)
      # Sent when this is committed; nothing is sent where it is rolled back.
      Events.publish "thing", { user_id: current_user.id, contents: thing.contents }
    end
    respond_ok
  end
end
