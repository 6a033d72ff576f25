-- What a word of a store means from now on; null is its usual meaning again.
insert into return_words (store_id, field, words, means, said_by)
values (:store_id, :field, :words, :means, :said_by)
