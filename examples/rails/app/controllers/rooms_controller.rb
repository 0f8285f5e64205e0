class RoomsController < ApplicationController
  def show
    @room_id = Integer(params[:id], 10)
  end
end
