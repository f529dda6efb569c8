-- Which cards are the staff's: few, asked for each card that the figures count as a customer.
CREATE INDEX card_event_staff ON card_event (card) WHERE card_kind = 'staff';
