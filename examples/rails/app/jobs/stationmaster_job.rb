# Answers whoever asks for the time with `/time`.
class StationmasterJob < ApplicationJob
  def perform(question)
    stationmaster = User.named("Stationmaster")
    question.with_lock do
      # The room sees at once that an answer is on its way. The answer itself is sent when it is committed, as all else.
      Events::Room.with(commit: :now).typing(room_id: question.room_id, author: stationmaster.name)
      stationmaster.messages.create!(room_id: question.room_id, body: "It is #{Time.current.to_fs(:time)} #{Time.zone.name}.")
    end
  end
end
